import type { Verdict } from '../../budgets/verdict.ts'
import type { Entry } from '../../session/entry.ts'
import { minuteOf } from '../figures.ts'
import { type WorstVerdict, worstOf } from '../history/run-digest.ts'
import type { MachineResult } from '../machine-result.ts'

/** A measurement with its verdicts as it stands on the page. */
export interface ShownEntry extends Entry {
  /** Name of its place on the page. */
  readonly anchor: string
  /** Machine that it was measured on; absent where the page is about one. */
  readonly machine?: string
  /** When it was measured, in words, where that was before the newest run began. */
  readonly measuredAt?: string
  readonly worst: WorstVerdict
}

/** Everything that was measured, machine by machine. */
export function shownEntries(results: readonly MachineResult[]): readonly ShownEntry[] {
  const several = results.length > 1
  return results.flatMap(({ machine, entries, runs }, place) =>
    entries.map((entry) => {
      const { client, scenario, startedAt } = entry.measurement
      const isOlder = startedAt < (runs.at(-1)?.startedAt ?? '')
      return {
        ...entry,
        anchor: `m${place}-${encodeURIComponent(`${client} ${scenario}`)}`,
        worst: worstOf(entry),
        ...(several ? { machine } : {}),
        ...(isOlder ? { measuredAt: minuteOf(startedAt) } : {}),
      }
    }),
  )
}

/** Client and scenario, with the machine where there are several. */
export function nameOfShown({ measurement: { client, scenario }, machine }: ShownEntry): string {
  return `${client} ${scenario}${machine === undefined ? '' : ` (${machine})`}`
}

/** What a verdict compared; empty where its reason says that there was nothing. */
export function comparedIn({ compared }: Verdict): readonly string[] {
  return compared === '' || /^nothing\b/.test(compared) ? [] : [`compared: ${compared}`]
}
