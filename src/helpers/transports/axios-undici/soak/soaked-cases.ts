import { type DifferentialCase, get } from '../differential/case.ts'
import { cases } from '../differential/cases.ts'
import { generatedCases } from '../differential/generated-cases.ts'
import type { Responder } from '../differential/recording-server.ts'

/** Of servers that never answer: few among so many cases, and short, because each holds up what comes after it. */
const unanswered: readonly DifferentialCase[] = [
  { name: 'no answer', config: get('/never', { timeout: 20 }), respond: () => {} },
  { name: 'no answer without redirects', config: get('/never', { timeout: 20, maxRedirects: 0 }), respond: () => {} },
  {
    name: 'no answer, as a stream',
    config: get('/never', { timeout: 20, responseType: 'stream' }),
    respond: () => {},
  },
  {
    name: 'no end of an answer',
    config: get('/never', { timeout: 20 }),
    respond: (response) => {
      response.writeHead(200).write('some')
    },
  },
]

/** Whether a call asks for connections of its own, which stay open after it for as long as the caller's agent says. */
function connectsByItself({ config }: DifferentialCase): boolean {
  const { httpAgent, httpsAgent, lookup } = config('http://127.0.0.1:1')
  return Boolean(httpAgent ?? httpsAgent ?? lookup)
}

/** Of the differential cases not those that wait for long, and not those whose server gives up the last call made: here are many. */
const soaked = [
  ...[...cases, ...generatedCases].filter(
    (each) => !/time limit|stays open|^given up/.test(each.name) && !connectsByItself(each),
  ),
  ...unanswered,
]

export const soakHeader = 'x-soak'

/** Answers each request as its case says, and redirects each call from its own beginning. */
export class SoakedCases {
  readonly #hops = new Map<string, number>()
  #made = 0

  /** @param share In [0, 1): which case. @returns It, and the value of {@link soakHeader} by which its server knows it. */
  next(share: number): { readonly each: DifferentialCase; readonly id: string } {
    const place = Math.floor(share * soaked.length)
    return { each: soaked[place] as DifferentialCase, id: `${place} ${this.#made++}` }
  }

  get made(): number {
    return this.#made
  }

  readonly respond: Responder = (response, context) => {
    const id = String(context.request.headers[soakHeader])
    const each = soaked[Number(id.split(' ')[0])]
    const index = this.#hops.get(id) ?? 0
    this.#hops.set(id, index + 1)
    const respond = each?.respond ?? ((ok) => ok.end('ok'))
    respond(response, { ...context, index })
  }

  /** Of calls that are over. */
  forget(): void {
    this.#hops.clear()
  }
}
