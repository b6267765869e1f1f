import { type BudgetFile, joined, measurementsOf, tunedFor, withTuned } from '../../helpers/budgets/budget-file.ts'
import { ownCounts } from '../../helpers/budgets/counts.ts'
import type { ErrorRates } from '../../helpers/budgets/decision.ts'
import { proposeEach } from '../../helpers/budgets/propose-each.ts'
import { withModeratedScatter } from '../../helpers/budgets/proposed-value.ts'
import { gateEffort } from '../../helpers/measure/effort.ts'
import type { CompletedMeasurement } from '../../helpers/measure/result.ts'
import type { LearntRun } from './learnt-runs.ts'
import type { OpenTuning } from './open-tuning.ts'
import { type Proposal, placesOf, proposalsFor, ratesOf } from './proposal.ts'

/** A budget that the runs tell nothing about. */
export interface Lacking {
  readonly client: string
  readonly scenario: string
  readonly budget: string
  readonly reason: string
}

/** Everything that is proposed. */
export interface ProposedFile {
  /** The budget file with all of it, refused or not. */
  readonly file: BudgetFile
  readonly proposals: readonly Proposal[]
  readonly lacking: readonly Lacking[]
  /** Of each budget of that file. */
  readonly rates: ErrorRates
  /** The most runs that anything was learnt from. */
  readonly runs: number
  /** Versions of the libraries that were measured. */
  readonly packages: Readonly<Record<string, string>>
}

/** Proposes what is asked for by what runs have measured, and by what that says about the scatter of its kind. */
export function proposeAll(
  {
    file,
    subjects,
    selects,
    elsewhere,
    missing,
  }: Pick<OpenTuning, 'file' | 'subjects' | 'selects' | 'elsewhere' | 'missing'>,
  runs: readonly LearntRun[],
  builds: readonly LearntRun[],
): ProposedFile {
  const equalBuilds = builds.flatMap(({ measurements }) => measurements)
  const measured = Map.groupBy(
    runs.flatMap(({ measurements }) => measurements),
    ({ client, scenario }) => `${client} ${scenario}`,
  )
  const lacking: Lacking[] = []
  const packages: Record<string, string> = {}
  const told = new Set<string>()
  let all = file
  for (const { client, scenario, budgets } of subjects) {
    const own = measured.get(`${client} ${scenario}`) ?? []
    const proposed = proposeEach(own, budgets, { equalBuilds })
    if (selects(client, scenario)) lacking.push(...proposed.lacking.map((each) => ({ client, scenario, ...each })))
    if (proposed.lacking.length === budgets.length) continue
    Object.assign(packages, ...own.map(packageOf))
    for (const place of placesOf(proposed.tuned)) told.add(`${client} ${scenario} ${place}`)
    const { controlRequestsPerSecond } = proposed.tuned
    // What is only added to was tuned on a machine as fast as it was then.
    const control = missing || controlRequestsPerSecond === undefined ? {} : { controlRequestsPerSecond }
    all = withTuned(
      all,
      { client, scenario },
      { ...joined(tunedFor(file, client, scenario), proposed.tuned), ...control },
    )
  }
  const next = withModeratedScatter(all)
  const rates = ratesOf(next)
  const circumstances = { rates, effort: gateEffort, isTunedHere: elsewhere.length === 0 }
  const names = new Map(subjects.map((each) => [`${each.client} ${each.scenario}`, each]))
  const proposals = measurementsOf(next).flatMap(({ client, scenario, tuned }) => {
    const subject = names.get(`${client} ${scenario}`)
    const own = measured.get(`${client} ${scenario}`) ?? []
    if (subject === undefined || own.length === 0 || !selects(client, scenario)) return []
    const current = tunedFor(file, client, scenario)
    return proposalsFor({ ...subject, current, proposed: tuned, runs: own }, circumstances).filter(
      ({ place, current: had }) => told.has(`${client} ${scenario} ${place}`) && !(missing && had !== undefined),
    )
  })
  const runsOf = [...measured.values()].map(({ length }) => length)
  return { file: next, proposals, lacking, rates, runs: Math.max(...runsOf), packages }
}

function packageOf(measurement: CompletedMeasurement): Readonly<Record<string, string>> {
  const [counts] = ownCounts(measurement)
  const { library } = measurement
  return library === undefined || counts?.version === undefined ? {} : { [library]: counts.version }
}
