import { exitCodes } from '../../budgets/exit-code.ts'
import type { Entry } from '../../session/entry.ts'
import { count, countOf } from '../figures.ts'
import { type WorstVerdict, wordOf } from '../history/run-digest.ts'
import type { Lacks } from '../lacks.ts'

/** What a headline is about. */
interface Outcome {
  readonly entries: readonly Entry[]
  readonly lacks: Lacks
  readonly exitCode: number
}

/** The result in one line: how many budgets are red, or why it is no green, or that nothing regressed. */
export function headline({ entries, lacks, exitCode }: Outcome): string {
  const words = entries.flatMap(({ verdicts }) => verdicts.map(wordOf))
  const counted = (word: WorstVerdict): number => words.filter((each) => each === word).length
  const budgets = countOf(words.length, 'budget')
  const invalid = entries.filter(({ measurement }) => measurement.state === 'invalid').length
  const open = counted('inconclusive')
  const red = [
    ...toldIfAny(counted('regressed'), (some) => `${some} of ${budgets} regressed`),
    // It gates nothing until it is retuned, so the exit code is that of a failure.
    ...toldIfAny(counted('blind'), (some) => `${some} of ${budgets} blind`),
    ...toldIfAny(invalid, (some) => `${some} of ${countOf(entries.length, 'measurement')} invalid`),
  ]
  const lacking = lackingInWords(lacks)
  const undecided = toldIfAny(open, (some) => `${some} inconclusive`)
  if (red.length > 0) return [...red, ...lacking, ...undecided].join(', ')
  if (lacking.length > 0) return `Not whole: ${[...lacking, ...undecided].join(', ')}`
  const all = `${budgets} of ${countOf(entries.length, 'measurement')}`
  if (exitCode === exitCodes.pass) return [`Nothing regressed: ${all}`, ...undecided].join(', ')
  return `Not decided: ${open > 0 ? `${count(open)} of ${all} inconclusive` : `exit code ${exitCode}`}`
}

function lackingInWords({ missing, cut }: Lacks): readonly string[] {
  return [
    ...toldIfAny(missing.length, () => `${countOf(missing.length, 'measurement')} missing or not judged`),
    ...(cut.length > 1 ? [`${count(cut.length)} runs did not end as they should`] : cut),
  ]
}

function toldIfAny(some: number, inWords: (some: string) => string): readonly string[] {
  return some === 0 ? [] : [inWords(count(some))]
}
