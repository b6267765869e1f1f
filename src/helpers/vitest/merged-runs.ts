import { machineOf } from '../reports/history/merged.ts'
import { newRunRecord, type RunRecord } from '../reports/run-record.ts'
import type { Entry } from '../session/entry.ts'
import type { RunOrigin } from './origin.ts'

/** A test that was measured in a run of its own, as a blob has it. */
export interface MeasuredTest {
  /** Vitest's, by which tests of one name are told apart. */
  readonly id: string
  /** Project, file and names, as they are told; the same in every run. */
  readonly name: string
  readonly project: string
  readonly origin: RunOrigin
  readonly entries: readonly Entry[]
}

interface Run {
  readonly origin: RunOrigin
  readonly tests: Map<string, MeasuredTest>
}

/** What the tests of several runs brought along, in the order in which `--merge-reports` reads them. */
export class MergedRuns {
  readonly #runs = new Map<string, Run>()
  /** The run that has a test or a shard, by a machine and either of them. */
  readonly #owners = new Map<string, RunOrigin>()
  readonly #conflicts = new Set<string>()

  /** Takes in a test; the same of the same run once, because a blob may be there twice. */
  add(test: MeasuredTest): void {
    const { id, name, project, origin } = test
    const run = this.#runs.get(origin.id) ?? { origin, tests: new Map() }
    this.#runs.set(origin.id, run)
    const key = `${name} ${id}`
    if (run.tests.has(key)) return
    run.tests.set(key, test)
    this.#claim(`"${name}"`, origin)
    // Each project of a run has an origin of its own.
    if (origin.shard) this.#claim(`shard ${shardOf(origin.shard)}${project && ` of ${project}`}`, origin)
  }

  /** What two runs of one machine hold; which of them counts nobody said. */
  get conflicts(): readonly string[] {
    return [...this.#conflicts]
  }

  get origins(): readonly RunOrigin[] {
    return [...this.#runs.values()].map(({ origin }) => origin)
  }

  get entries(): readonly Entry[] {
    return [...this.#runs.values()].flatMap(entriesOf)
  }

  /** One record a machine class and Node, because figures of two machines are never mixed. */
  records(exitCode: number): readonly RunRecord[] {
    const byMachine = Map.groupBy(this.#runs.values(), ({ origin }) => machineOfRun(origin))
    return [...byMachine.values()].flatMap((runs) => {
      const entries = runs.flatMap(entriesOf)
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

  #claim(what: string, origin: RunOrigin): void {
    const key = `${machineOfRun(origin)} ${what}`
    const owner = this.#owners.get(key) ?? origin
    this.#owners.set(key, owner)
    if (owner.id === origin.id) return
    this.#conflicts.add(
      `${what} is in two runs, ${nameOf(owner)} and ${nameOf(origin)}; remove the blobs of one of them`,
    )
  }
}

function entriesOf({ tests }: Run): readonly Entry[] {
  return [...tests.values()].flatMap(({ entries }) => entries)
}

function machineOfRun({ machine }: RunOrigin): string {
  return machineOf({ machine: machine.class, node: machine.node })
}

function nameOf({ startedAt, seed, shard }: RunOrigin): string {
  return `that of ${startedAt} (${shard ? `shard ${shardOf(shard)}, ` : ''}seed ${seed})`
}

function shardOf({ index, count }: NonNullable<RunOrigin['shard']>): string {
  return `${index}/${count}`
}

function endOf({ measurement }: Entry): number {
  return Date.parse(measurement.startedAt) + measurement.durationMs
}
