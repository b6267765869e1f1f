import { getEventListeners } from 'node:events'
import axios, { type AxiosRequestConfig, type CancelToken } from 'axios'
import type { Random } from '../../../statistics/random.ts'

/** Share of the calls that are given up somewhere. */
const givenUpShare = 0.1

/** What axios's types leave out: who listens. */
interface ListenedToken extends CancelToken {
  readonly _listeners?: readonly unknown[] | null
}

type Given = Pick<AxiosRequestConfig, 'signal' | 'cancelToken'>

/** Signals and cancel tokens of very many calls, and who still listens to them. */
export class GivingUp {
  readonly #random: Random
  readonly #shared = { signal: new AbortController().signal, token: axios.CancelToken.source().token }
  /** Since they were last counted. */
  #used: Given[] = []

  constructor(random: Random) {
    this.#random = random
  }

  /**
   * For the next call. Most calls get one signal and one token that are never given up and are the same for all; some get one
   * of their own, which gives the call up before it is sent, in the same turn, or some milliseconds later.
   */
  draw(): Given {
    if (this.#random() >= givenUpShare) return { signal: this.#shared.signal, cancelToken: this.#shared.token }
    const { given, giveUp } = this.#random() < 0.5 ? bySignal() : byToken()
    const when = Math.floor(this.#random() * 4)
    if (when === 0) giveUp()
    else if (when === 1) queueMicrotask(giveUp)
    else if (when === 2) setImmediate(giveUp)
    else setTimeout(giveUp, Math.ceil(this.#random() * 5))
    this.#used.push(given)
    return given
  }

  /** @returns How many listeners there are on all that were drawn since this was last asked, and on those for all. */
  countListeners(): number {
    const { signal, token: cancelToken } = this.#shared
    const counts = [...this.#used, { signal, cancelToken }].map(listenersOf)
    this.#used = []
    return counts.reduce((sum, count) => sum + count, 0)
  }
}

function bySignal() {
  const controller = new AbortController()
  const given: Given = { signal: controller.signal }
  return { given, giveUp: () => controller.abort() }
}

function byToken() {
  const { token, cancel } = axios.CancelToken.source()
  const given: Given = { cancelToken: token }
  return { given, giveUp: () => cancel() }
}

function listenersOf({ signal, cancelToken }: Given): number {
  const onSignal = signal instanceof AbortSignal ? getEventListeners(signal, 'abort').length : 0
  return onSignal + ((cancelToken as ListenedToken | undefined)?._listeners?.length ?? 0)
}
