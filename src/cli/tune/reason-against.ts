import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import type { Entry } from '../../helpers/session/entry.ts'

/** What two runs have in common whose figures can be compared. */
export interface Whereabouts {
  /** Class of the machine. */
  readonly machine: string
  /** Version of Node. */
  readonly node: string
  readonly flags: readonly string[]
}

/** Where a run was measured. Records of other tools' making may lack what is not asked of every version. */
export function whereaboutsOf({ machine, flags = [] }: Pick<RunRecord, 'machine' | 'flags'>): Whereabouts {
  return { machine: machine.class, node: machine.node, flags }
}

/** What differs between two places, in words; empty where nothing does. */
export function differencesBetween(there: Whereabouts, here: Whereabouts): readonly string[] {
  const facts = [
    ['machine', there.machine, here.machine],
    ['Node', there.node, here.node],
    ['flags', there.flags.join(' '), here.flags.join(' ')],
  ] as const
  return facts.flatMap(([fact, one, other]) =>
    one === other ? [] : [`${fact} ${one || 'none'}, not ${other || 'none'}`],
  )
}

/** What a client may be measured beside: a reference of the same files, or, for pairs of equal builds, of any. */
export type Trees = 'equal' | 'any'

/**
 * Why a run is not learnt from: another machine, an end that was none, or anything red, inconclusive or invalid in it. What
 * such a run measured would make budgets tolerate what they are there to catch.
 *
 * @returns In words that follow the file's name, or undefined.
 */
export function reasonAgainst(record: RunRecord, here: Whereabouts, trees: Trees = 'equal'): string | undefined {
  const elsewhere = differencesBetween(whereaboutsOf(record), here)
  if (elsewhere.length > 0) return `was measured elsewhere: ${elsewhere.join('; ')}`
  if (record.state === 'running') return 'has not ended'
  if (record.state === 'partial') return 'was broken off'
  const [wrong] = record.entries.flatMap(
    (entry) => failureIn(entry) ?? (trees === 'equal' ? (changeIn(entry) ?? []) : []),
  )
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

function changeIn({ measurement }: Entry): string | undefined {
  if (measurement.state === 'invalid') return undefined
  const { client, scenario, pair } = measurement
  if (pair.state !== 'measured' || pair.sameFiles) return undefined
  return `measured ${client} ${scenario} beside a reference of other files; budgets are tuned on equal trees`
}
