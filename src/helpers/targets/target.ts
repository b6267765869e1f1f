import { Worker } from 'node:worker_threads'
import { UsageError } from '../budgets/usage-error.ts'
import { siblingModule } from '../sibling-module.ts'
import { type AskedRequest, type ExpectedAnswer, expectedAnswer } from './answers.ts'
import type { TargetSnapshot } from './counters.ts'
import type { SnapshotRequest, TargetTls, ThreadMessage, ThreadOptions } from './messages.ts'
import { TargetClosedError, TargetFailedError } from './target-error.ts'
import { isOwnServer, nameOf, type TargetSource } from './target-source.ts'

/** The server under the clients, on a worker thread of this process. */
export interface Target extends AsyncDisposable {
  /** One per arm, on 127.0.0.1. */
  readonly ports: readonly number[]
  /**
   * Reads the counters of every port and the clocks of the thread.
   *
   * @param options.reset Whether to begin counting anew afterwards: everything to 0, the peak to the open count.
   * Default false.
   * @param options.headers Whether to tell the header fields of each port's first request as well. Default false.
   * @param options.forgetHeadersOf Port whose next request is to count as its first for `headers`. Default: none.
   * @throws {TargetClosedError} after disposal.
   * @throws {TargetFailedError} when the thread has failed.
   */
  snapshot(options?: SnapshotOptions): Promise<TargetSnapshot>
  /**
   * What it answers to a request, redirects not followed. A project's own server is asked for it, at a port that counts for
   * nobody.
   *
   * @throws {UsageError} when two equal requests are answered differently.
   */
  answerTo(request: AskedRequest): Promise<ExpectedAnswer>
  /** Rejects when the thread fails. Never resolves, and needs nobody to listen. */
  readonly failed: Promise<never>
}

interface SnapshotOptions {
  reset?: boolean
  headers?: boolean
  forgetHeadersOf?: number
}

/** How to start a target. */
export interface TargetOptions {
  /** How many ports to listen on: one for each arm, at least 1. */
  readonly ports: number
  /** Certificate and key with which the ports speak TLS. Default: they speak plain HTTP. */
  readonly tls?: TargetTls
  /**
   * Whether the thread kills this process (SIGKILL) when its parent process is gone; it looks every 500 ms, even while
   * the main thread is busy. Default false.
   */
  readonly endWithParent?: boolean
  /** What answers. Default: the built-in target, by itself. */
  readonly source?: TargetSource
}

/**
 * Starts a target and resolves when it listens on all its ports. It does not keep the process alive by itself. Disposing
 * of it closes every connection and port and ends the thread; doing so again does nothing.
 *
 * @throws {RangeError} for a number of ports that is none.
 * @throws {TargetFailedError} when the thread does not come up.
 * @throws {UsageError} when the module that is to answer cannot.
 */
export async function startTarget(options: TargetOptions): Promise<Target> {
  const { ports, tls, endWithParent = false, source } = options
  if (!Number.isInteger(ports) || ports < 1) throw new RangeError(`A target needs 1 port or more, not ${ports}`)
  const workerData: ThreadOptions = { ports, endWithParent, ...(tls && { tls }), ...(source && { source }) }
  // Flags and loaders of this process are none of the target's: it is the same everywhere.
  const worker = new Worker(siblingModule(import.meta.url, './target-thread'), {
    name: 'wiregauge target',
    workerData,
    execArgv: [],
  })
  const thread = new TargetThread(worker)
  try {
    return new RunningTarget(thread, await thread.listening, options)
  } catch (error) {
    await thread.end()
    throw error
  }
}

class RunningTarget implements Target {
  readonly ports: readonly number[]
  readonly #thread: TargetThread
  readonly #recordingPort: number | undefined
  readonly #options: TargetOptions

  constructor(thread: TargetThread, { ports, recordingPort }: Listening, options: TargetOptions) {
    this.#thread = thread
    this.#recordingPort = recordingPort
    this.#options = options
    this.ports = ports
  }

  get failed(): Promise<never> {
    return this.#thread.failed
  }

  async answerTo(request: AskedRequest): Promise<ExpectedAnswer> {
    const { source, tls } = this.#options
    if (!isOwnServer(source)) return expectedAnswer(request, source)
    const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.#recordingPort}`
    const recorder = { origin, certificate: tls?.certificate, name: nameOf(source) }
    // Not before it is needed: what a measuring process holds is part of what is measured.
    const { recordedAnswer } = await import('./recorded-answer.ts')
    return await Promise.race([recordedAnswer(recorder, request), this.failed])
  }

  snapshot({ reset = false, headers = false, forgetHeadersOf }: SnapshotOptions = {}): Promise<TargetSnapshot> {
    const forgotten = forgetHeadersOf === undefined ? {} : { forgetHeadersOf: this.ports.indexOf(forgetHeadersOf) }
    return this.#thread.snapshot({ reset, headers, ...forgotten })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#thread.end()
  }
}

/** What a thread says when it listens. */
type Listening = Extract<ThreadMessage, { kind: 'listening' }>

/** The messages to and from the thread, and its end, whatever that is. */
class TargetThread {
  readonly listening: Promise<Listening>
  readonly failed: Promise<never>
  readonly #worker: Worker
  readonly #waiting = new Map<number, PromiseWithResolvers<TargetSnapshot>>()
  readonly #started = Promise.withResolvers<Listening>()
  readonly #failed = Promise.withResolvers<never>()
  #lastId = 0
  #over: Error | undefined
  #ended: Promise<void> | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    this.listening = this.#started.promise
    this.failed = this.#failed.promise
    // Whoever asks for something is told as well.
    this.failed.catch(() => {})
    worker.on('message', (message: ThreadMessage) => this.#hear(message))
    worker.on('messageerror', (cause) => this.#fail(new TargetFailedError('unreadable message', { cause })))
    worker.on('error', (cause) => this.#fail(new TargetFailedError(messageOf(cause), { cause })))
    worker.on('exit', (code) => this.#fail(new TargetFailedError(`its thread ended with exit code ${code}`)))
  }

  snapshot(options: Omit<SnapshotRequest, 'id'>): Promise<TargetSnapshot> {
    if (this.#over !== undefined) return Promise.reject(this.#over)
    const id = ++this.#lastId
    const answer = Promise.withResolvers<TargetSnapshot>()
    this.#waiting.set(id, answer)
    // Only while an answer is awaited, the thread keeps the process alive.
    this.#worker.ref()
    this.#worker.postMessage({ id, ...options } satisfies SnapshotRequest)
    return answer.promise
  }

  end(): Promise<void> {
    this.#fail(new TargetClosedError('a snapshot'))
    this.#ended ??= this.#worker.terminate().then(() => undefined)
    return this.#ended
  }

  #hear(message: ThreadMessage): void {
    if (message.kind === 'listening') this.#started.resolve(message)
    else if (message.kind === 'refused') this.#fail(new UsageError(message.reason))
    else if (message.kind === 'failed') this.#fail(new TargetFailedError(message.reason))
    else {
      this.#waiting.get(message.id)?.resolve(message.snapshot)
      this.#waiting.delete(message.id)
    }
    if (this.#waiting.size === 0) this.#worker.unref()
  }

  /** Takes the first reason why there is no thread any more: it is what everything waiting, and to come, rejects with. */
  #fail(reason: Error): void {
    this.#over ??= reason
    this.#started.reject(this.#over)
    if (!(this.#over instanceof TargetClosedError)) this.#failed.reject(this.#over)
    for (const answer of this.#waiting.values()) answer.reject(this.#over)
    this.#waiting.clear()
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
