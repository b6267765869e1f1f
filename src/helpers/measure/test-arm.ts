import type { Reply, WholeReply } from '../clients/contract.ts'
import type { Arm, Progress } from './arm.ts'

/** For tests: what a client that does its work replies to an arm of {@link armOf}. */
export const goodReply: WholeReply = { status: 200, headers: {}, text: 'good' }

/** For tests: an arm around any `send`. */
export function armOf(name: string, send: () => Promise<Reply>): Arm {
  return {
    name,
    client: { send, close: () => {} },
    port: 0,
    expected: { status: goodReply.status, textLength: goodReply.text.length },
    asked: 0,
  }
}

/** For tests: progress at its beginning. */
export function newProgress(): Progress {
  return { phase: 'start', arm: '', beats: 0 }
}
