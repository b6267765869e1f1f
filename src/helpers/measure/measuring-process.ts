import type { Scenario } from '../scenarios/scenario.ts'
import { siblingModule } from '../sibling-module.ts'
import { AskedProcess } from './asked-process.ts'
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
  JobBasis,
  OwnRetention,
  ProfileKind,
  Turn,
  Window,
} from './job.ts'
import { nodeOf } from './node-of.ts'

/** Thousands of requests of a slow client take their time; one that hangs is noticed by its process much earlier. */
const manyRequestsMs = 60_000

/** Mocks that keep something of each request become slow (nock took 45 s), and a slower machine needs several times that. */
const tenThousandRequestsMs = 300_000

/**
 * What the last batch of a span may take beyond its time, in milliseconds, while its process sees it go on. A burst is a batch
 * of hundreds of requests; every other is done in the little that all commands are given.
 */
export function lastBatchMs({ load }: Pick<Scenario, 'load'>): number {
  return load?.kind === 'bursts' ? manyRequestsMs : 0
}

/**
 * A fresh Node process that measures the arms of one job. Commands are answered one at a time; whatever goes wrong, a
 * hang of the event loop and the death of the process included, arrives as {@link InvalidWorkError}. Disposal kills it.
 */
export class MeasuringProcess implements AsyncDisposable {
  readonly #process: AskedProcess<Command, Answer>
  readonly #lastBatchMs: number

  private constructor({ requestTimeoutMs, scenario }: JobBasis, execPath: string, signal: AbortSignal) {
    const module = siblingModule(import.meta.url, './child')
    this.#process = new AskedProcess({ module, execPath, requestTimeoutMs, signal })
    this.#lastBatchMs = lastBatchMs(scenario)
  }

  /**
   * Starts a process and has it open, check and warm up the arms.
   *
   * @param signal Kills it.
   * @throws {InvalidWorkError} when the work was not the work.
   * @throws {UsageError} when the client or its library cannot be loaded, or the Node that it is to run under cannot measure.
   */
  static async prepare(job: Job, signal: AbortSignal): Promise<MeasuringProcess> {
    const measuring = new MeasuringProcess(job, await nodeOf(job), signal)
    try {
      const warmUpMs = job.warmUp.durationMs * job.arms.length
      await measuring.#process.ask({ type: 'prepare', job }, 'ready', warmUpMs + measuring.#lastBatchMs)
      return measuring
    } catch (error) {
      await measuring[Symbol.asyncDispose]()
      throw error
    }
  }

  async blocks(durationMs: number): Promise<Blocks> {
    return (await this.#process.ask({ type: 'blocks', durationMs }, 'blocks', durationMs + this.#lastBatchMs)).blocks
  }

  async window(turn: Turn): Promise<Window> {
    const turnMs = turn.rampMs + turn.durationMs
    return (await this.#process.ask({ type: 'window', ...turn }, 'window', turnMs + this.#lastBatchMs)).window
  }

  /** Empty where Node cannot tell. */
  async allocation(extent: Extent = {}): Promise<readonly ArmAllocation[]> {
    return (await this.#process.ask({ type: 'allocation', ...extent }, 'allocation', manyRequestsMs)).arms
  }

  async buffers(): Promise<readonly ArmBuffers[]> {
    return (await this.#process.ask({ type: 'buffers' }, 'buffers', manyRequestsMs)).arms
  }

  async totals(extent: Extent = {}): Promise<readonly ArmTimes[]> {
    return (await this.#process.ask({ type: 'totals', ...extent }, 'totals', manyRequestsMs)).arms
  }

  /** For a job that watches sockets. */
  async retention(): Promise<readonly ArmRetention[]> {
    return (await this.#process.ask({ type: 'retention' }, 'retention', manyRequestsMs)).arms
  }

  /** For a job with one arm, which a mock answers. */
  async ownRetention(): Promise<OwnRetention> {
    return (await this.#process.ask({ type: 'ownRetention' }, 'ownRetention', tenThousandRequestsMs)).retention
  }

  /** The header fields of every arm's first request. */
  async headers(): Promise<readonly ArmHeaders[]> {
    return (await this.#process.ask({ type: 'headers' }, 'headers', 0)).arms
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
    const { profile } = await this.#process.ask({ type: 'profile', kind, arm, requests }, 'profile', manyRequestsMs)
    return profile as Extract<ArmProfile, { kind: Kind }>
  }

  /** Closes the arms; the counts agree with what was asked for. */
  async finish(): Promise<readonly ArmCounts[]> {
    return (await this.#process.ask({ type: 'finish' }, 'finished', 0)).counts
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process[Symbol.asyncDispose]()
  }
}
