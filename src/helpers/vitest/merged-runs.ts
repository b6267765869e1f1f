import { machineOf } from '../reports/history/merged.ts'
import { newRunRecord, type RunRecord } from '../reports/run-record.ts'
import type { Entry } from '../session/entry.ts'
import type { RunOrigin } from './origin.ts'

/** What the tests of several runs brought along, in the order in which `--merge-reports` reads them. */
export class MergedRuns {
  readonly #runs = new Map<string, { readonly origin: RunOrigin; readonly entries: Entry[] }>()

  add(origin: RunOrigin, entries: readonly Entry[]): void {
    const run = this.#runs.get(origin.id) ?? { origin, entries: [] }
    run.entries.push(...entries)
    this.#runs.set(origin.id, run)
  }

  get origins(): readonly RunOrigin[] {
    return [...this.#runs.values()].map(({ origin }) => origin)
  }

  get entries(): readonly Entry[] {
    return [...this.#runs.values()].flatMap(({ entries }) => entries)
  }

  /** One record a machine class and Node, because figures of two machines are never mixed. */
  records(exitCode: number): readonly RunRecord[] {
    const byMachine = Map.groupBy(this.#runs.values(), ({ origin: { machine } }) =>
      machineOf({ machine: machine.class, node: machine.node }),
    )
    return [...byMachine.values()].flatMap((runs) => {
      const entries = runs.flatMap((run) => run.entries)
      const origins = runs.map(({ origin }) => origin)
      const [first] = origins.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt))
      if (first === undefined || entries.length === 0) return []
      const { seed, startedAt, machine, flags } = first
      const endedAt = new Date(Math.max(...entries.map(endOf))).toISOString()
      const merged = origins.map(({ seed, startedAt, shard }) => ({ seed, startedAt, ...(shard && { shard }) }))
      const record = { ...newRunRecord(seed), startedAt, endedAt, machine, flags, exitCode, entries, merged }
      return [{ ...record, state: 'complete' as const }]
    })
  }
}

function endOf({ measurement }: Entry): number {
  return Date.parse(measurement.startedAt) + measurement.durationMs
}
