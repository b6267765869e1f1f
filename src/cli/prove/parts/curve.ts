import type { StatedThresholds } from '../../../helpers/budgets/stated.ts'
import { distancesOf, type Percent } from '../../../helpers/budgets/thresholds.ts'
import { plainTable } from '../../../helpers/reports/plain-table.ts'
import type { Interval } from '../../../helpers/statistics/interval.ts'
import { shareOf } from '../../../helpers/statistics/proportion.ts'
import { type Mean, meanOf } from '../../../helpers/statistics/student.ts'
import { type Fault, isShown } from '../../../helpers/trials/fault.ts'
import { type FaultyClient, faultyClients, slower } from '../../../helpers/trials/faults.ts'
import { type DecidedCase, decidedCase } from '../decided-case.ts'
import { detectionChart } from '../detection-chart.ts'
import { change, percent, shareWithBounds, withBounds } from '../figures.ts'
import { isTrialOf, type PartResult } from '../part.ts'
import { isKept, promisedPower } from '../power.ts'
import type { DecidedTrial } from '../proof.ts'
import { type StatedSubject, subjectOf, type Tools } from '../tools.ts'

/** Of each point that the project's claims rest on: at most one of twenty may be missed. */
const trialsOfClaim = 20

/** Of a point that only draws the curve; those of all clients are drawn together. */
const trialsByDefault = 6

/** A drop of throughput that is put in. */
interface Point {
  readonly scenario: string
  readonly worsening: number
  /** Budget that catches just so much, in the place of the one that is stated. */
  readonly catches?: Percent
  /** Least share that must go red. Default: {@link promisedPower} where the budget catches so much, else none. */
  readonly atLeast?: number
  /** Of each client. Default: {@link trialsByDefault}. */
  readonly trials?: number
}

/** Around what the budgets catch: 5 % in the sensitive scenarios, 10 % in the others. */
const points: readonly Point[] = [
  { scenario: 'small-4', worsening: 0.05, trials: trialsOfClaim },
  { scenario: 'small-64', worsening: 0.1, trials: trialsOfClaim },
  { scenario: 'small-4', worsening: 0.03 },
  // What a budget shows that is asked for more than the gate's own: of 20 at least 16 are to be red.
  { scenario: 'small-4', worsening: 0.03, catches: '3 %', atLeast: 0.8, trials: trialsOfClaim },
  { scenario: 'sequential', worsening: 0.05 },
  { scenario: 'small-4', worsening: 0.02 },
  { scenario: 'small-4', worsening: 0.1 },
  { scenario: 'sequential', worsening: 0.03 },
  { scenario: 'small-64', worsening: 0.05 },
  { scenario: 'small-64', worsening: 0.15 },
]

/** A point of the detection curve of one client. */
export interface CurveCase extends DecidedCase {
  readonly change: Fault
  readonly worsening: number
  /** Whether it is decided by the budget that the specs state. */
  readonly byStated: boolean
  readonly atLeast: number | undefined
}

export function curveCases(tools: Pick<Tools, 'subjects' | 'trials' | 'decide' | 'strictest'>): readonly CurveCase[] {
  return pointsOfClients.flatMap(([client, point]) => {
    const subject = subjectOf(tools, client, point.scenario)
    return (subject && curveCase(tools, point, client, subject)) ?? []
  })
}

/**
 * Points that nothing here can show: the specs state no budget about the client under the scenario, or it scatters too much
 * there for one as strict as the point takes.
 */
export function pointsWithoutBudget(tools: Pick<Tools, 'subjects' | 'strictest'>): readonly string[] {
  return pointsOfClients.flatMap(([client, point]) => {
    const subject = subjectOf(tools, client, point.scenario)
    return subject && budgetFor(tools, point, subject) ? [] : [nameOf(client, point)]
  })
}

const pointsOfClients = points.flatMap((point) => faultyClients.map((client) => [client, point] as const))

function nameOf(client: FaultyClient, { scenario, worsening, catches }: Point): string {
  const budget = catches === undefined ? '' : ` (budget catches ${catches})`
  return `${client} ${scenario}, ${percent(worsening)} slower${budget}`
}

function curveCase(
  tools: Pick<Tools, 'trials' | 'decide' | 'strictest'>,
  point: Point,
  client: FaultyClient,
  subject: StatedSubject,
): CurveCase | undefined {
  const { worsening, catches, atLeast, trials = trialsByDefault } = point
  const by = budgetFor(tools, point, subject)
  if (by === undefined) return undefined
  const fault = slower(client, worsening, subject.scenario, catches && { catches })
  const name = nameOf(client, point)
  const least = atLeast ?? (catchesSoMuch(subject, worsening) ? promisedPower : undefined)
  const wanted = tools.trials ?? trials
  return {
    ...decidedCase(tools, 'curve', { name, subject, change: fault, wanted, by }),
    change: fault,
    worsening,
    byStated: catches === undefined,
    atLeast: least,
  }
}

/**
 * The budget that has to show a drop, undefined where there is none; the others of the file share the error rates with it,
 * and are not measured.
 */
function budgetFor(
  tools: Pick<Tools, 'strictest'>,
  { catches }: Point,
  subject: StatedSubject,
): StatedThresholds | undefined {
  const reference = (catches === undefined ? subject.stated : tools.strictest(subject, catches))?.reference
  return reference && { reference, against: new Map() }
}

/** Whether the stated budget promises to catch a worsening. */
function catchesSoMuch({ client, scenario, stated }: StatedSubject, worsening: number): boolean {
  const { reference } = stated
  return reference !== undefined && worsening >= distancesOf(reference, `${client.name} ${scenario.name}`).catches
}

interface PointSummary {
  readonly case: string
  readonly scenario: string
  readonly worsening: number
  readonly byStated: boolean
  readonly trials: number
  readonly red: number
  readonly share: Interval
  /** What was measured, ln of throughput. */
  readonly measured?: Mean
  readonly atLeast?: number
}

export function summariseCurve(cases: readonly CurveCase[], trials: readonly DecidedTrial[]): readonly PointSummary[] {
  return cases.flatMap((each): PointSummary[] => {
    const own = trials.filter((trial) => isTrialOf(trial, each))
    if (own.length === 0) return []
    const red = own.filter(({ verdicts }) => isShown(each.change, verdicts)).length
    const { worsening, byStated, atLeast } = each
    const measured = meanOf(own.flatMap(({ logRatios }) => logRatios))
    return [
      {
        case: each.name,
        scenario: each.subject.scenario.name,
        worsening,
        byStated,
        trials: own.length,
        red,
        share: shareOf(red, own.length),
        ...(measured === undefined ? {} : { measured }),
        ...(atLeast === undefined ? {} : { atLeast }),
      },
    ]
  })
}

export function curveResult(cases: readonly CurveCase[], trials: readonly DecidedTrial[]): PartResult {
  const summary = summariseCurve(cases, trials)
  if (summary.length === 0) return { part: 'curve', summary, text: 'nothing was tried yet', failures: [] }
  const table = plainTable(
    ['drop', 'trials', 'red', 'share (95 % interval)', 'measured (95 % interval)'],
    summary.map((each) => [
      each.case,
      String(each.trials),
      String(each.red),
      shareWithBounds(each.share),
      withBounds(each.measured, change),
    ]),
  )
  const charts = [
    ...Map.groupBy(
      summary.filter(({ byStated }) => byStated),
      ({ scenario }) => scenario,
    ),
  ].map(([scenario, own]) => detectionChart(`${scenario}, all clients, by the stated budgets`, pooled(own)))
  const failures = summary
    .filter(({ red, trials: tried, atLeast }) => atLeast !== undefined && !isKept(red, tried, atLeast))
    .map(
      (each) => `red in ${each.red} of ${each.trials}, at least ${percent(each.atLeast ?? 0)} expected: ${each.case}`,
    )
  return { part: 'curve', summary, text: [table, ...charts].join('\n\n'), failures }
}

/** The points of a scenario over all clients, by the size of the drop. */
function pooled(summaries: readonly PointSummary[]): readonly { worsening: number; share: Interval }[] {
  return [...Map.groupBy(summaries, ({ worsening }) => worsening)]
    .map(([worsening, own]) => {
      const sum = (count: 'red' | 'trials'): number => own.reduce((total, each) => total + each[count], 0)
      return { worsening, share: shareOf(sum('red'), sum('trials')) }
    })
    .toSorted((one, other) => one.worsening - other.worsening)
}
