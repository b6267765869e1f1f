import type { TunedValue } from '../../helpers/budgets/budget-file.ts'
import type { PromisedBudget } from '../../helpers/budgets/promises.ts'
import { type Effort, looksOf, withReplicates } from '../../helpers/measure/effort.ts'

/** The same budget of the same client under another scenario. */
export interface Elsewhere {
  readonly scenario: string
  readonly value: TunedValue
}

/** What is known about the value that a promise is about. */
interface Known {
  /** What the runs say. */
  readonly value: TunedValue
  /** How many they are. */
  readonly runs: number
  /** That of the gate. */
  readonly effort: Effort
  readonly elsewhere: readonly Elsewhere[]
}

/** More than so many times the replicates of the gate, or the runs of a tuning, nobody waits for. */
const mostTimes = 10

const severalTimes = Array.from({ length: mostTimes - 1 }, (_, more) => more + 2)

/** So many scenarios are named. */
const mostScenarios = 3

/**
 * What would make a promise possible that cannot be kept: less scatter, more replicates, more runs to know the expected
 * value by, or another scenario.
 *
 * @returns Words that follow `it would take`.
 */
export function remedyFor(promise: PromisedBudget, { value, runs, effort, elsewhere }: Known): string {
  const times = severalTimes.find((each) => promise.isKeptBy(value, withMoreOfAll(effort, each)))
  const moreRuns = severalTimes.find((each) => promise.isKeptBy({ ...value, replicates: value.replicates * each }))
  const others = elsewhere.filter((other) => promise.isKeptBy(other.value)).slice(0, mostScenarios)
  return [
    `a scatter of ${mostScatter(promise, value)} or less between processes in place of ${value.scatter}`,
    times === undefined ? undefined : `${times} times the replicates at every look`,
    moreRuns === undefined ? undefined : `${moreRuns * runs} runs to tune by in place of ${runs}`,
    others.length === 0
      ? undefined
      : `another scenario (${others.map(({ scenario, value: { scatter } }) => `${scenario} scatters by ${scatter}`).join(', ')})`,
  ]
    .filter((each) => each !== undefined)
    .join(', or ')
}

/** The largest scatter with which it is kept, to two digits, by halving: what can be kept only grows as scatter shrinks. */
function mostScatter(promise: PromisedBudget, value: TunedValue): number {
  let [kept, broken] = [0, value.scatter]
  for (let step = 0; step < halvings; step++) {
    const middle = (kept + broken) / 2
    if (promise.isKeptBy({ ...value, scatter: middle })) kept = middle
    else broken = middle
  }
  const digit = 10 ** (Math.floor(Math.log10(kept)) - 1)
  return kept === 0 ? 0 : Number((Math.floor(kept / digit) * digit).toPrecision(2))
}

/** To a thousandth of the scatter. */
const halvings = 10

/** {@link withReplicates}, of what is measured under load and of what is retained as well. */
function withMoreOfAll(effort: Effort, times: number): Effort {
  const { load, retention } = looksOf(effort)
  const more = (looks: readonly number[]) => ({ looks: looks.map((look) => look * times) })
  const all = withReplicates(effort, times)
  return { ...all, load: { ...all.load, ...more(load) }, retention: more(retention) }
}
