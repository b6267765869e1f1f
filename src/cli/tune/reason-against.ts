import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { factsApart, type Whereabouts } from '../../helpers/budgets/whereabouts.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import type { Entry } from '../../helpers/session/entry.ts'

export type { Whereabouts } from '../../helpers/budgets/whereabouts.ts'

/** Where a run was measured. Records of other tools' making may lack what is not asked of every version. */
export function whereaboutsOf({ machine, flags = [] }: Pick<RunRecord, 'machine' | 'flags'>): Whereabouts {
  return { machine: machine.class, node: machine.node, flags }
}

/** What differs between two places, in words; empty where nothing does. */
export function differencesBetween(there: Whereabouts, here: Whereabouts): readonly string[] {
  return factsApart(there, here).map(({ fact, one, other }) => `${fact} ${one || 'none'}, not ${other || 'none'}`)
}

/**
 * Why a run is not learnt from: an end that was none, or anything red, inconclusive or invalid in it. What such a run measured
 * would make budgets tolerate what they are there to catch.
 *
 * @returns In words that follow the file's name, or undefined.
 */
export function reasonAgainst(record: RunRecord): string | undefined {
  if (record.state === 'running') return 'has not ended'
  if (record.state === 'partial') return 'was broken off'
  const [wrong] = record.entries.flatMap((entry) => failureIn(entry) ?? [])
  if (wrong !== undefined) return wrong
  if (record.exitCode === exitCodes.pass) return undefined
  return record.exitCode === undefined ? 'does not say how it ended' : `ended with exit code ${record.exitCode}`
}

function failureIn({ measurement, verdicts }: Entry): string | undefined {
  const name = `${measurement.client} ${measurement.scenario}`
  if (measurement.state === 'invalid') return `has an invalid measurement: ${name}: ${measurement.reason}`
  const red = verdicts.find(({ state }) => state !== 'pass')
  return red === undefined ? undefined : `is ${red.state} in ${name}, ${red.budget}`
}
