import type { ReplyShape } from '../texts/adapter.ts'

/** What the process of a probe is asked: to open the client of an adapter, and then to make one request. */
export type ProbeCommand =
  | {
      readonly type: 'open'
      /** `file:` address of the adapter. */
      readonly module: string
      readonly exportName: string
      /** The tree that its library is in. */
      readonly tree: string
      readonly origin: string
      readonly path: string
    }
  | {
      readonly type: 'send'
      /** JSON text that the request is answered with. */
      readonly answer: string
    }

export type ProbeAnswer =
  | { readonly type: 'opened' }
  | {
      readonly type: 'sent'
      /** How the reply holds what was answered; absent where it does not. */
      readonly shape?: ReplyShape
      /** What the call gave, cut. */
      readonly given: string
    }
