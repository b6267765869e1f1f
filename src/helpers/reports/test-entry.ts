import { judgeAgainstReference } from '../budgets/reference-throughput.ts'
import { judgingBy, measurementOf, pairAt } from '../budgets/test-measurement.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { CompletedMeasurement } from '../measure/result.ts'
import type { Entry } from '../session/entry.ts'

/** An entry of a measurement that has come to its end. */
interface CompletedEntry extends Entry {
  readonly measurement: CompletedMeasurement
}

/** For tests: axios at a share of its reference, judged against it. @param changes Of the verdict. */
export function entryAt(share: number, changes: Partial<Verdict> = {}): CompletedEntry {
  const measurement = measurementOf({ pair: pairAt(share) })
  const verdict = judgeAgainstReference(measurement, { tolerates: '1.5 %', catches: '5 %' }, judgingBy())
  return { measurement, verdicts: [{ ...verdict, ...changes }] }
}

/**
 * For tests: what was measured and judged of axios, under the names of another client and scenario. It is judged before,
 * because the budget file of the tests knows nothing else.
 */
export function entryOf(
  client: string,
  { measurement, verdicts }: CompletedEntry,
  scenario = 'small-4',
): CompletedEntry {
  const load = measurement.load.map(({ seed, clients: [own, ...others] }) => ({
    seed,
    clients: [...(own === undefined ? [] : [{ ...own, client }]), ...others],
  }))
  return {
    measurement: { ...measurement, client, scenario, load },
    verdicts: verdicts.map((verdict) => ({ ...verdict, client, scenario })),
  }
}
