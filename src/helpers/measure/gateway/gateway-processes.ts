import { existsSync } from 'node:fs'
import { UsageError } from '../../budgets/usage-error.ts'
import { AsyncDisposables } from '../../disposables.ts'
import { siblingModule } from '../../sibling-module.ts'
import type { TargetSnapshot } from '../../targets/counters.ts'
import { AskedProcess } from '../asked-process.ts'
import type { JobBasis } from '../job.ts'
import type {
  GatewayAnswer,
  GatewayCommand,
  LoadAnswer,
  LoadCommand,
  UpstreamAnswer,
  UpstreamCommand,
} from './messages.ts'

/** Fastify with its routes, and what loads it: neither is in the package. */
const server = '../../../../fixtures/gateway/process'

/** Whether there is a gateway here: it is part of the checkout and not of the package. */
export function hasGateway(): boolean {
  return existsSync(siblingModule(import.meta.url, server))
}

function requireServer(): void {
  if (hasGateway()) return
  throw new UsageError(
    'scenarios of a gateway are measured in the checkout of wiregauge only: the package comes without the gateway and its load',
  )
}

/** The processes of a gateway's measurement, by their names in messages. */
export type Role = 'upstream' | 'gateway' | 'load' | 'pinging'

/**
 * A gateway, its upstream, its load and who pings beside the load, each in a process of its own. Somebody else pings than
 * loads, because a busy generator would count its own delay as the gateway's. Disposal kills all of them.
 */
export class GatewayProcesses implements AsyncDisposable {
  readonly upstream: AskedProcess<UpstreamCommand, UpstreamAnswer>
  readonly gateway: AskedProcess<GatewayCommand, GatewayAnswer>
  readonly load: AskedProcess<LoadCommand, LoadAnswer>
  readonly pinging: AskedProcess<LoadCommand, LoadAnswer>
  readonly #started = new AsyncDisposables()
  readonly #failures: Promise<never>[] = []

  /**
   * @param signal Kills them.
   * @param onProcess Told of each once it runs.
   * @throws {UsageError} outside of wiregauge's own checkout.
   */
  constructor(
    { requestTimeoutMs }: Pick<JobBasis, 'requestTimeoutMs'>,
    signal: AbortSignal,
    onProcess: (role: Role, pid: number) => void = () => {},
  ) {
    requireServer()
    const start = <Command extends { type: string }, Answer extends { type: string }>(
      role: Role,
      place: string,
      group = false,
    ): AskedProcess<Command, Answer> => {
      const module = siblingModule(import.meta.url, place)
      const started = new AskedProcess<Command, Answer>({
        module,
        role: `${role} process`,
        requestTimeoutMs,
        group,
        signal,
      })
      this.#started.use(started)
      this.#failures.push(started.failed)
      if (started.pid !== undefined) onProcess(role, started.pid)
      return started
    }
    this.upstream = start('upstream', './upstream-child')
    this.gateway = start('gateway', server)
    this.load = start('load', './load-child', true)
    this.pinging = start('pinging', './load-child', true)
  }

  /**
   * Does something that needs all of them, and gives it up when one of them fails, whichever is asked.
   *
   * @throws {InvalidWorkError} when one of them fails.
   */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    return await Promise.race([work(), ...this.#failures])
  }

  /** The upstream's counters and clocks. */
  async snapshot(): Promise<TargetSnapshot> {
    return (await this.upstream.ask({ type: 'snapshot' }, 'snapshot')).snapshot
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#started[Symbol.asyncDispose]()
  }
}
