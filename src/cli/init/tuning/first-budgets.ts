import { throughputKind } from '../../../helpers/budgets/reference-throughput.ts'
import { scales } from '../../../helpers/budgets/scales.ts'
import type { StatedThresholds } from '../../../helpers/budgets/stated.ts'
import type { Distances, Percent, Thresholds } from '../../../helpers/budgets/thresholds.ts'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import type { Project } from '../../../helpers/trees/project.ts'
import type { Surroundings } from '../../run.ts'
import { learntRuns } from '../../tune/learnt-runs.ts'
import { measureRuns } from '../../tune/measure-runs.ts'
import { ofNewestVersions } from '../../tune/newest-versions.ts'
import { type OpenTuning, type OwnBase, openTuning } from '../../tune/open-tuning.ts'
import type { Proposal } from '../../tune/proposal.ts'
import { type Lacking, proposeAll } from '../../tune/propose-all.ts'
import { leastRuns, mostRuns } from '../../tune/propose-from.ts'
import { leftOutLine } from '../../tune/say-proposals.ts'
import { tunedText } from '../../tune/write-tuned.ts'
import type { StatedEntry } from '../texts/spec.ts'
import { differentCode } from './equal-code.ts'

/** Measures what a tuning asks for, as {@link measureRuns} does, which it is but in tests. */
export type MeasureRuns = typeof measureRuns

/** A project whose specs are written, and have no budgets yet. */
export interface Begun {
  readonly project: Project
  /** What its code is compared with; absent where it is compared with nothing. */
  readonly base?: OwnBase
}

/** What was measured on the spot. */
export interface FirstBudgets {
  /** Of the budget file. */
  readonly text: string
  /** What the spec is to state so that every promise is kept. */
  readonly stated: readonly StatedEntry[]
  /** Budgets that scatter too much here to be stated, in words. */
  readonly left: readonly string[]
}

/**
 * Measures what the specs of a project state, and widens what they state as far as the scatter asks for.
 *
 * @returns Undefined when the signal was given.
 * @throws {UsageError} where nothing could be measured that could be learnt from.
 */
export async function firstBudgets(
  begun: Begun,
  surroundings: Surroundings,
  measure: MeasureRuns = measureRuns,
  now: Date = new Date(),
): Promise<FirstBudgets | undefined> {
  const date = now.toISOString().slice(0, 10)
  const opened = await openTuning({ names: [], missing: false, all: true, date, ...begun }, surroundings)
  requireTests(opened)
  await requireEqualCode(opened, begun, surroundings.signal)
  const { here } = opened
  const isEnough = (kept: readonly string[]): boolean => {
    const { runs } = ofNewestVersions(learntRuns(kept, { here }).runs)
    if (runs.length === 0) return kept.length >= leastRuns
    return runs.length >= leastRuns && keepsPromise(proposeAll(opened, runs, []).proposals)
  }
  const kept = await measure(opened, { runs: mostRuns, areEnough: isEnough }, surroundings)
  if (surroundings.signal.aborted) return undefined
  const learnt = learntRuns(kept, { here })
  const { runs } = ofNewestVersions(learnt.runs)
  for (const each of learnt.leftOut) surroundings.progress.line(leftOutLine(each, begun.project.root))
  const { proposals, lacking } = proposeAll(opened, runs, [])
  if (proposals.length === 0) {
    throw new UsageError(
      'nothing is written: no run could be learnt from, for the reasons above; on a busy machine it helps to wait and to ' +
        'run init again',
    )
  }
  requireReference(begun, lacking)
  const widened = restated(opened, proposals)
  const again = proposeAll(widened.opened, runs, [])
  const refused = [...again.proposals.filter(({ change }) => change === 'refused'), ...lacking]
  const left = [...widened.left, ...refused.map(({ budget }) => budget)]
  return { text: tunedText(widened.opened, again, undefined).text, stated: widened.stated, left: [...new Set(left)] }
}

/** More runs are worth their time for what small changes are caught by; the other thresholds are as wide as they need to be. */
function keepsPromise(proposals: readonly Proposal[]): boolean {
  const pair = proposals.filter(({ place }) => place === throughputKind.place)
  return pair.every(({ change }) => change !== 'refused')
}

/** @throws {UsageError} where no test measures anything, with what ended each: no run could tell. */
function requireTests({ tests, failed }: OpenTuning): void {
  if (tests.length > 0) return
  const told = failed.map(({ name, failure }) => {
    return `\n  ${name}: ${failure instanceof Error ? failure.message : String(failure)}`
  })
  throw new UsageError(`nothing is written: no test measures anything${told.join('')}`)
}

/** @throws {UsageError} where the code differs from that of the merge base. */
async function requireEqualCode({ changed }: OpenTuning, { base, project }: Begun, signal: AbortSignal): Promise<void> {
  const [library] = changed.flatMap((client) => client.library ?? [])
  if (library !== undefined && base !== undefined) throw await differentCode(library, base.base, project.root, signal)
}

/** @throws {UsageError} where there is a reference and nothing was measured beside it: the gate would not hold what it promises. */
function requireReference({ base }: Begun, lacking: readonly Lacking[]): void {
  const missing = lacking.find(({ budget }) => budget === throughputKind.budget)
  if (base === undefined || missing === undefined) return
  throw new UsageError(`nothing is written: the client was not measured beside its reference: ${missing.reason}`)
}

/** What a spec states, by what it can promise here. */
interface Restated {
  readonly opened: OpenTuning
  readonly stated: readonly StatedEntry[]
  readonly left: readonly string[]
}

/** Thresholds as wide as they need to be; what nothing can be promised about is not stated. */
function restated(opened: OpenTuning, proposals: readonly Proposal[]): Restated {
  const stated: StatedEntry[] = []
  const left: string[] = []
  const subjects = opened.subjects.map((subject) => {
    const own = proposals.filter(
      ({ client, scenario, promised }) =>
        client === subject.client && scenario === subject.scenario && promised.length > 0,
    )
    let thresholds: StatedThresholds = { ...subject.stated, against: new Map(subject.stated.against) }
    let { budgets } = subject
    for (const { place, promised, scale, budget } of own) {
      const needed = widest(promised.map((promise) => promise.needed))
      const entry = needed === undefined ? undefined : inPercent(needed, scales[scale].inWords)
      thresholds = withThresholds(thresholds, place, entry)
      if (entry !== undefined) stated.push({ place, ...entry })
      else {
        budgets = budgets.filter((each) => !promised.some((promise) => promise.budget === each))
        left.push(budget)
      }
    }
    return { ...subject, stated: thresholds, budgets }
  })
  return { opened: { ...opened, subjects }, stated, left }
}

function widest(all: readonly (Distances | undefined)[]): Distances | undefined {
  const known = all.filter((each) => each !== undefined)
  if (known.length < all.length) return undefined
  return {
    tolerates: Math.max(...known.map(({ tolerates }) => tolerates)),
    catches: Math.max(...known.map(({ catches }) => catches)),
  }
}

function inPercent(distances: Distances, inWords: (distance: number) => string): Thresholds {
  return { tolerates: inWords(distances.tolerates) as Percent, catches: inWords(distances.catches) as Percent }
}

function withThresholds(stated: StatedThresholds, place: string, entry: Thresholds | undefined): StatedThresholds {
  const [, other] = /^against\/(.+)$/.exec(place) ?? []
  if (other !== undefined) {
    const against = new Map(stated.against)
    if (entry === undefined) against.delete(other)
    else against.set(other, entry)
    return { ...stated, against }
  }
  if (place === 'reference') {
    const { reference: _, ...others } = stated
    return entry === undefined ? others : { ...others, reference: entry }
  }
  if (place !== 'allocatedBytesPerRequest' || stated.costs === undefined) return stated
  const { allocatedBytes: _, ...costs } = stated.costs
  return { ...stated, costs: entry === undefined ? costs : { ...costs, allocatedBytes: entry } }
}
