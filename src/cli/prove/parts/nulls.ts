import { plainTable } from '../../../helpers/reports/plain-table.ts'
import { lowerBoundOfShare, upperBoundOfShare } from '../../../helpers/statistics/proportion.ts'
import { type Mean, meanOf } from '../../../helpers/statistics/student.ts'
import { standardDeviation } from '../../../helpers/statistics/summary.ts'
import { unchanged } from '../../../helpers/trials/change.ts'
import { type EqualBuild, equalBuilds } from '../../../helpers/trials/equal-builds.ts'
import { type DecidedCase, decidedCase, isRed } from '../decided-case.ts'
import { change, percent, withBounds } from '../figures.ts'
import { isTrialOf, type PartResult } from '../part.ts'
import type { DecidedTrial } from '../proof.ts'
import { type StatedSubject, subjectOf, type Tools } from '../tools.ts'

/** Of each case: 5 clients and 20 builds come to 200 trials, each of many decisions. */
const trialsByDefault = 8

/** The scenario of the nulls: the gate is most sensitive there, and so are its false reds. */
const scenario = 'small-4'

/** Most of the decisions that may be inconclusive, as promised: 3 %. */
const mostInconclusive = 0.03

/**
 * What must never go red: every client against a copy of the same files (A/A), and against builds that are equal in
 * behaviour and different in text (A/A′).
 */
export function nullCases(tools: Pick<Tools, 'subjects' | 'trials' | 'root' | 'decide'>): readonly DecidedCase[] {
  const wanted = tools.trials ?? trialsByDefault
  const equal = tools.subjects
    .filter((subject) => subject.scenario.name === scenario)
    .map((subject) => ({ subject, change: unchanged, name: `${subject.client.name} ${scenario}, A/A` }))
  const different = equalBuilds(tools.root).flatMap((build) => {
    const subject = subjectFor(build, tools)
    if (subject === undefined) return []
    return { subject, change: build, name: `${subject.client.name} ${scenario}, A/A′: ${build.name}` }
  })
  return alternating(equal, different).map((each) => decidedCase(tools, 'nulls', { ...each, wanted }))
}

/** Builds of whose clients the specs state no budget. */
export function nullsWithoutBudget(tools: Pick<Tools, 'subjects' | 'root'>): readonly string[] {
  return equalBuilds(tools.root)
    .filter((build) => subjectFor(build, tools) === undefined)
    .map(({ name }) => `${scenario}, A/A′: ${name}`)
}

/** The nearest client of a build that a budget is stated about. */
function subjectFor({ clients }: EqualBuild, tools: Pick<Tools, 'subjects'>): StatedSubject | undefined {
  return clients.map(({ name }) => subjectOf(tools, name, scenario)).find((each) => each !== undefined)
}

/** One of each kind by turns, so that a short collection has both. */
function alternating<Item>(one: readonly Item[], other: readonly Item[]): Item[] {
  const places = Array.from({ length: Math.max(one.length, other.length) }, (_, place) => place)
  return places.flatMap((place) => [one[place], other[place]].filter((item) => item !== undefined))
}

interface CaseSummary {
  readonly case: string
  readonly trials: number
  readonly redTrials: number
  /** Of ln of throughput over all replicates; absent without any. */
  readonly mean?: Mean
  /** Standard deviation of ln of throughput between processes; absent with fewer than two. */
  readonly scatter?: number
}

interface DecisionSummary {
  readonly budget: string
  readonly decisions: number
  readonly falseReds: number
  readonly inconclusive: number
}

/** Counts what the nulls came to. */
export function summariseNulls(cases: readonly DecidedCase[], trials: readonly DecidedTrial[]) {
  const counted = trials.filter((trial) => cases.some((each) => isTrialOf(trial, each)))
  const byCase = cases.flatMap((each): CaseSummary[] => {
    const own = counted.filter((trial) => isTrialOf(trial, each))
    return own.length === 0 ? [] : [summaryOf(each.name, own)]
  })
  const isEqual = ({ change: name }: DecidedTrial): boolean => name === unchanged.name
  const all = [
    ['all A/A', counted.filter(isEqual)],
    ['all A/A′', counted.filter((trial) => !isEqual(trial))],
  ] as const
  const verdicts = counted.flatMap((trial) => trial.verdicts.map((verdict) => ({ ...verdict, case: trial.case })))
  const byBudget = [...Map.groupBy(verdicts, ({ budget }) => budget)].map(
    ([budget, own]): DecisionSummary => ({
      budget,
      decisions: own.length,
      falseReds: own.filter(isRed).length,
      inconclusive: own.filter(({ state }) => state === 'inconclusive').length,
    }),
  )
  return {
    clients: new Set(counted.map(({ client }) => client)).size,
    trials: counted.length,
    redTrials: counted.filter(isRedTrial).length,
    cases: [...byCase, ...all.flatMap(([name, own]) => (own.length === 0 ? [] : [summaryOf(name, own)]))],
    budgets: byBudget,
    falseReds: verdicts.filter(isRed),
  }
}

function isRedTrial({ verdicts }: DecidedTrial): boolean {
  return verdicts.some(isRed)
}

function summaryOf(name: string, trials: readonly DecidedTrial[]): CaseSummary {
  const logRatios = trials.flatMap((trial) => trial.logRatios)
  const mean = meanOf(logRatios)
  return {
    case: name,
    trials: trials.length,
    redTrials: trials.filter(isRedTrial).length,
    ...(mean === undefined ? {} : { mean }),
    ...(logRatios.length < 2 ? {} : { scatter: standardDeviation(logRatios) }),
  }
}

/** @param falseRedRate Stated rate of false reds of one decision. */
export function nullsResult(
  cases: readonly DecidedCase[],
  trials: readonly DecidedTrial[],
  falseRedRate: number,
): PartResult {
  const summary = summariseNulls(cases, trials)
  if (summary.trials === 0) return { part: 'nulls', summary, text: 'nothing was tried yet', failures: [] }
  const total = (count: keyof Omit<DecisionSummary, 'budget'>): number =>
    summary.budgets.reduce((sum, each) => sum + each[count], 0)
  const [decisions, falseReds, inconclusive] = [total('decisions'), total('falseReds'), total('inconclusive')]
  const text = [
    plainTable(
      ['case', 'trials', 'red', 'mean (95 % interval)', 'scatter'],
      summary.cases.map((each) => [
        each.case,
        String(each.trials),
        String(each.redTrials),
        withBounds(each.mean, change),
        each.scatter === undefined ? '–' : percent(Math.expm1(each.scatter)),
      ]),
    ),
    plainTable(
      ['budget', 'decisions', 'false reds', 'inconclusive'],
      summary.budgets.map((each) => [
        each.budget,
        String(each.decisions),
        countedIn(each.falseReds, each.decisions, 'trials'),
        String(each.inconclusive),
      ]),
    ),
    `false reds, on ${summary.clients} clients: ${countedIn(summary.redTrials, summary.trials, 'trials')}; ` +
      // Those of one trial share its replicates.
      `${countedIn(falseReds, decisions, 'decisions')} if they were independent`,
    `inconclusive: ${inconclusive} of ${decisions} decisions (${percent(inconclusive / decisions)})`,
  ]
  const failures = [
    ...(lowerBoundOfShare(falseReds, decisions) > falseRedRate
      ? summary.falseReds.map((each) => `false red: ${each.case}, ${each.budget}: ${each.reason}`)
      : []),
    ...(lowerBoundOfShare(inconclusive, decisions) > mostInconclusive
      ? [`${percent(inconclusive / decisions)} of the decisions on nulls are inconclusive; at most 3 % may be`]
      : []),
  ]
  return { part: 'nulls', summary, text: text.join('\n'), failures }
}

/** `0 of 200 trials, upper bound 1.5 %`. */
function countedIn(count: number, of: number, what: string): string {
  return `${count} of ${of} ${what}, upper bound ${percent(upperBoundOfShare(count, of))}`
}
