import type { Client } from '../clients/contract.ts'
import { AsyncDisposables } from '../disposables.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { randomFrom, seedFrom, shuffled } from '../statistics/random.ts'
import { allOf } from './all-of.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { JobBasis, Turn, Window } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'
import { naming } from './naming.ts'
import type { ClientLoad, LoadReplicate } from './result.ts'

/** How long and how often each client is loaded. */
export interface LoadEffort {
  /** For each of the clients that warm up at the same time and share the cores meanwhile. */
  readonly warmUpMs: number
  readonly rounds: number
  readonly rampMs: number
  /** At least 250 ms, so that a window holds collections (DESIGN 3.9). */
  readonly windowMs: number
}

/** The turns of a client in one round: one, or in a sweep one at each point. */
function turnsOf({ load }: Scenario, span: Omit<Turn, 'point'>): readonly Turn[] {
  return load?.kind === 'sweep' ? load.points.map((point) => ({ ...span, point })) : [span]
}

/**
 * Measures several clients under continuous load: each in a process of its own, all alive together, taking turns in
 * random order.
 *
 * @param clients The measured client first.
 * @throws {InvalidWorkError} when a client's work was not the work; the message names the client.
 */
export async function measureLoad(
  clients: readonly Client[],
  job: JobBasis,
  tree: string,
  effort: LoadEffort,
  signal: AbortSignal,
): Promise<LoadReplicate> {
  const random = randomFrom(job.seed)
  await using processes = new AsyncDisposables()
  const running = await allOf(
    clients.map(async (client) => {
      const { module, exportName, name } = client
      const warmUp = { by: 'window', durationMs: effort.warmUpMs * clients.length } as const
      const own = { seed: seedFrom(random), client: { module, exportName }, arms: [{ name, tree }], warmUp }
      const measuring = processes.use(await naming(name, () => MeasuringProcess.prepare({ ...job, ...own }, signal)))
      return { client, measuring, windows: [] as Window[] }
    }),
  )
  const span = { rampMs: effort.rampMs, durationMs: effort.windowMs }
  for (let round = 0; round < effort.rounds; round++) {
    for (const turn of shuffled(turnsOf(job.scenario, span), random)) {
      for (const { client, measuring, windows } of shuffled(running, random)) {
        windows.push(await naming(client.name, () => measuring.window(turn)))
      }
    }
  }
  const loads: ClientLoad[] = []
  for (const { client, measuring, windows } of running) {
    // Only the measured client's allocation is judged; that of the others would take time for nothing.
    const [allocation] = client === clients[0] ? await naming(client.name, () => measuring.allocation()) : []
    const bytes = allocation?.allocatedBytesPerRequest
    const retains = client === clients[0] && client.unmocked !== undefined && job.scenario.retention === true
    const retention = retains ? await naming(client.name, () => measuring.ownRetention()) : undefined
    const [counts] = await naming(client.name, () => measuring.finish())
    if (counts === undefined) throw new InvalidWorkError(`${client.name}: the process gave no counters`)
    loads.push({
      client: client.name,
      windows,
      ...(bytes === undefined ? {} : { allocatedBytesPerRequest: bytes }),
      ...(retention && { retention }),
      counts,
    })
  }
  return { seed: job.seed, clients: loads }
}
