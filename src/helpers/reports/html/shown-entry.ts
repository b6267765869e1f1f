import type { Entry } from '../../session/entry.ts'
import { type WorstVerdict, worstOf } from '../history/run-digest.ts'
import type { MachineResult } from '../machine-result.ts'

/** A measurement with its verdicts as it stands on the page. */
export interface ShownEntry extends Entry {
  /** Name of its place on the page. */
  readonly anchor: string
  /** Machine that it was measured on; absent where the page is about one. */
  readonly machine?: string
  readonly worst: WorstVerdict
}

/** Everything that was measured, machine by machine. */
export function shownEntries(results: readonly MachineResult[]): readonly ShownEntry[] {
  const several = results.length > 1
  return results.flatMap(({ machine, entries }, place) =>
    entries.map((entry) => ({
      ...entry,
      anchor: `m${place}-${encodeURIComponent(`${entry.measurement.client} ${entry.measurement.scenario}`)}`,
      worst: worstOf(entry),
      ...(several ? { machine } : {}),
    })),
  )
}

/** Client and scenario, with the machine where there are several. */
export function nameOfShown({ measurement: { client, scenario }, machine }: ShownEntry): string {
  return `${client} ${scenario}${machine === undefined ? '' : ` (${machine})`}`
}
