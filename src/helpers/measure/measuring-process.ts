import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../budgets/usage-error.ts'
import { measuringEnvironment, measuringFlags } from './environment.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type {
  Answer,
  ArmAllocation,
  ArmBuffers,
  ArmCounts,
  ArmHeaders,
  ArmProfile,
  ArmRetention,
  ArmTimes,
  Blocks,
  Command,
  Extent,
  Job,
  OwnRetention,
  ProfileKind,
  Turn,
  Window,
} from './job.ts'
import { LibraryError } from './library-error.ts'
import { nodeOf } from './node-of.ts'

/** Time beyond a command's own duration after which a process that says nothing is taken for blocked. */
const silenceMs = 5_000

/** Thousands of requests of a slow client take their time; one that hangs is noticed by its process much earlier. */
const manyRequestsMs = 60_000

/** Mocks that keep something of each request become slow (nock took 45 s), and a slower machine needs several times that. */
const tenThousandRequestsMs = 300_000

/** The most of a failed process's error output that is quoted. */
const quotedCharacters = 600

/**
 * A fresh Node process that measures the arms of one job. Commands are answered one at a time; whatever goes wrong, a
 * hang of the event loop and the death of the process included, arrives as {@link InvalidWorkError}. Disposal kills it.
 */
export class MeasuringProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #ended: Promise<string>
  readonly #requestTimeoutMs: number
  #errorOutput = ''
  /** What went wrong first, also between two commands. */
  #failure: Answer | undefined
  #onAnswer: ((answer: Answer) => void) | undefined

  private constructor(requestTimeoutMs: number, execPath: string, signal: AbortSignal) {
    this.#requestTimeoutMs = requestTimeoutMs
    this.#child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
      execPath,
      execArgv: [...measuringFlags],
      env: measuringEnvironment(process.env),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      signal,
      killSignal: 'SIGKILL',
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-quotedCharacters)
    })
    this.#child.on('message', (answer: Answer) => {
      if (answer.type === 'invalid' || answer.type === 'usage') this.#failure ??= answer
      this.#onAnswer?.(answer)
    })
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(`could not be started: ${error.message}`))
      this.#child.once('close', (code, signal) =>
        resolve(signal ? `was killed by ${signal}` : `exited with code ${code}`),
      )
    })
  }

  /**
   * Starts a process and has it open, check and warm up the arms.
   *
   * @param signal Kills it.
   * @throws {InvalidWorkError} when the work was not the work.
   * @throws {UsageError} when the client or its library cannot be loaded, or the Node that it is to run under cannot measure.
   */
  static async prepare(job: Job, signal: AbortSignal): Promise<MeasuringProcess> {
    const measuring = new MeasuringProcess(job.requestTimeoutMs, await nodeOf(job), signal)
    try {
      await measuring.#ask({ type: 'prepare', job }, 'ready', job.warmUp.durationMs * job.arms.length)
      return measuring
    } catch (error) {
      await measuring[Symbol.asyncDispose]()
      throw error
    }
  }

  async blocks(durationMs: number): Promise<Blocks> {
    return (await this.#ask({ type: 'blocks', durationMs }, 'blocks', durationMs)).blocks
  }

  async window(turn: Turn): Promise<Window> {
    return (await this.#ask({ type: 'window', ...turn }, 'window', turn.rampMs + turn.durationMs)).window
  }

  /** Empty where Node cannot tell. */
  async allocation(extent: Extent = {}): Promise<readonly ArmAllocation[]> {
    return (await this.#ask({ type: 'allocation', ...extent }, 'allocation', manyRequestsMs)).arms
  }

  async buffers(): Promise<readonly ArmBuffers[]> {
    return (await this.#ask({ type: 'buffers' }, 'buffers', manyRequestsMs)).arms
  }

  async totals(extent: Extent = {}): Promise<readonly ArmTimes[]> {
    return (await this.#ask({ type: 'totals', ...extent }, 'totals', manyRequestsMs)).arms
  }

  /** For a job that watches sockets. */
  async retention(): Promise<readonly ArmRetention[]> {
    return (await this.#ask({ type: 'retention' }, 'retention', manyRequestsMs)).arms
  }

  /** For a job with one arm, which a mock answers. */
  async ownRetention(): Promise<OwnRetention> {
    return (await this.#ask({ type: 'ownRetention' }, 'ownRetention', tenThousandRequestsMs)).retention
  }

  /** The header fields of every arm's first request. */
  async headers(): Promise<readonly ArmHeaders[]> {
    return (await this.#ask({ type: 'headers' }, 'headers', 0)).arms
  }

  /**
   * Has one arm make so many requests or a few more, in its batches, under one of V8's profilers; the others are idle
   * meanwhile.
   */
  async profile<Kind extends ProfileKind>(
    kind: Kind,
    arm: string,
    requests: number,
  ): Promise<Extract<ArmProfile, { kind: Kind }>> {
    const { profile } = await this.#ask({ type: 'profile', kind, arm, requests }, 'profile', manyRequestsMs)
    return profile as Extract<ArmProfile, { kind: Kind }>
  }

  /** Closes the arms; the counts agree with what was asked for. */
  async finish(): Promise<readonly ArmCounts[]> {
    return (await this.#ask({ type: 'finish' }, 'finished', 0)).counts
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  async #ask<Type extends Answer['type']>(
    command: Command,
    type: Type,
    durationMs: number,
  ): Promise<Extract<Answer, { type: Type }>> {
    const answered = Promise.withResolvers<Answer>()
    const timer = setTimeout(
      () => answered.resolve({ type: 'invalid', reason: `the event loop was blocked in ${command.type}` }),
      durationMs + this.#requestTimeoutMs + silenceMs,
    )
    if (this.#failure !== undefined) answered.resolve(this.#failure)
    this.#onAnswer = answered.resolve
    this.#child.send(command, (error) => {
      // A process that has ended says why through `#ended`, which tells more than the closed channel does.
      if (error && this.#child.connected) answered.reject(error)
    })
    try {
      const answer = await Promise.race([answered.promise, this.#ended.then((how) => this.#death(how, command))])
      if (answer.type === type) return answer as Extract<Answer, { type: Type }>
      if (answer.type === 'usage' && answer.library) throw new LibraryError(answer.reason, answer.library)
      if (answer.type === 'usage') throw new UsageError(answer.reason)
      throw new InvalidWorkError(
        answer.type === 'invalid' ? answer.reason : `the process answered ${answer.type} to ${command.type}`,
      )
    } finally {
      clearTimeout(timer)
      this.#onAnswer = undefined
    }
  }

  #death(how: string, command: Command): Answer {
    const said = this.#errorOutput.trim()
    return { type: 'invalid', reason: `the process ${how} in ${command.type}${said ? `: ${said}` : ''}` }
  }
}
