import { plainTable } from '../../../helpers/reports/plain-table.ts'
import { type Mean, meanOf } from '../../../helpers/statistics/student.ts'
import { standardDeviation } from '../../../helpers/statistics/summary.ts'
import { type FaultyClient, faultyClients, slowerByTime } from '../../../helpers/trials/faults.ts'
import { change, percent, points, withBounds } from '../figures.ts'
import { digestOf, factsOf } from '../judged-by.ts'
import { type Case, isTrialOf, type PartResult } from '../part.ts'
import type { AgreementTrial } from '../proof.ts'
import { subjectOf, type Tools } from '../tools.ts'

/** Of each drop; a trial scatters by 1.5 to 5 points, so that the mean is known to one or two. */
const trialsByDefault = 20

const scenario = 'small-4'
const drops = [0.05, 0.1] as const

/** Most that the two may differ, in shares of throughput: 2 points. */
const mostApart = 0.02

/** The injected drops, seen by paired batches and under continuous load. */
export function agreementCases(tools: Pick<Tools, 'subjects' | 'trials' | 'compare' | 'comparedBy'>): readonly Case[] {
  return dropsOfClients.flatMap(([client, worsening]): Case[] => {
    const subject = subjectOf(tools, client, scenario)
    if (subject === undefined) return []
    const name = nameOf(client, worsening)
    // How long a request is kept busy is learned in each trial.
    const judgedBy = digestOf(tools.comparedBy, factsOf(slowerByTime(client, worsening, 1)))
    return [
      {
        part: 'agreement',
        name,
        judgedBy,
        wanted: tools.trials ?? trialsByDefault,
        try: async (seed): Promise<AgreementTrial> => {
          const begin = performance.now()
          const at = new Date(performance.timeOrigin + begin).toISOString()
          const found = await tools.compare({ client, scenario: subject.scenario, worsening, seed })
          const durationMs = Math.round(performance.now() - begin)
          return { part: 'agreement', case: name, judgedBy, seed, at, durationMs, ...found }
        },
      },
    ]
  })
}

/** Drops of clients that the specs state no budget about. */
export function agreementsWithoutBudget(tools: Pick<Tools, 'subjects'>): readonly string[] {
  return dropsOfClients
    .filter(([client]) => subjectOf(tools, client, scenario) === undefined)
    .map(([client, worsening]) => nameOf(client, worsening))
}

const dropsOfClients = drops.flatMap((worsening) => faultyClients.map((client) => [client, worsening] as const))

function nameOf(client: FaultyClient, worsening: number): string {
  return `${client} ${scenario}, ${percent(worsening)} slower`
}

interface AgreementSummary {
  readonly case: string
  readonly trials: number
  /** ln of throughput. */
  readonly paired: Mean | undefined
  readonly loaded: Mean | undefined
  /** Change under continuous load less the paired one, as shares of throughput: 0.01 is one point. */
  readonly difference: Mean
  /** Standard deviation of the difference; absent with one trial. */
  readonly scatter?: number
}

export function summariseAgreement(
  cases: readonly Case[],
  trials: readonly AgreementTrial[],
): readonly AgreementSummary[] {
  return cases.flatMap((each): AgreementSummary[] => {
    const own = trials.filter((trial) => isTrialOf(trial, each))
    const differences = own.map(({ paired, loaded }) => Math.expm1(loaded) - Math.expm1(paired))
    const difference = meanOf(differences)
    if (difference === undefined) return []
    return [
      {
        case: each.name,
        trials: own.length,
        paired: meanOf(own.map(({ paired }) => paired)),
        loaded: meanOf(own.map(({ loaded }) => loaded)),
        difference,
        ...(differences.length < 2 ? {} : { scatter: standardDeviation(differences) }),
      },
    ]
  })
}

export function agreementResult(cases: readonly Case[], trials: readonly AgreementTrial[]): PartResult {
  const summary = summariseAgreement(cases, trials)
  if (summary.length === 0) return { part: 'agreement', summary, text: 'nothing was tried yet', failures: [] }
  const text = plainTable(
    ['drop', 'trials', 'paired batches', 'continuous load', 'apart, points', 'scatter', 'within 2 points'],
    summary.map((each) => [
      each.case,
      String(each.trials),
      withBounds(each.paired, change),
      withBounds(each.loaded, change),
      withBounds(each.difference, points),
      each.scatter === undefined ? '–' : points(each.scatter).slice(1),
      withinLimit(each.difference),
    ]),
  )
  const failures = summary
    .filter(({ difference }) => withinLimit(difference) === 'no')
    .map(
      (each) => `paired batches and continuous load are ${points(each.difference.estimate)} points apart: ${each.case}`,
    )
  const missing = summary
    .filter(({ difference }) => withinLimit(difference) === 'not yet shown')
    .map((each) => `that paired batches and continuous load are within 2 points: ${each.case}`)
  return { part: 'agreement', summary, text, failures, missing }
}

/** One trial is too coarse to tell, and so are a few: the whole interval decides. */
function withinLimit({ low, high }: Mean): 'yes' | 'no' | 'not yet shown' {
  if (low === undefined) return 'not yet shown'
  if (low > mostApart || high < -mostApart) return 'no'
  return low > -mostApart && high < mostApart ? 'yes' : 'not yet shown'
}
