import { isFailure, kindOf, type Verdict } from '../budgets/verdict.ts'
import type { ComparisonReport } from './comparison.ts'
import { worstFirst } from './comparison-state.ts'
import { headlineText, isPartial, notMeasuredTexts, reproduceCommand } from './comparison-words.ts'
import { annotation, type Place } from './github-command.ts'
import { withPlainTexts } from './plain-text.ts'
import { verdictMessage } from './verdict-message.ts'

/**
 * GitHub's annotations of what is no pass, worst first (a step shows ten of each level): errors for what fails the run, else
 * warnings; and before them an error for a run that was cut off, or fails for anything else.
 *
 * @param locate Where a budget is stated; undefined shows it at no file.
 * @returns Lines for standard output.
 */
export function annotations(untrusted: ComparisonReport, locate: (verdict: Verdict) => Place | undefined): string[] {
  const texts = withPlainTexts(untrusted)
  // The budget is looked for by its own name.
  const original = new Map(worstFirst(texts).map((each) => [each, untrusted.compared[texts.compared.indexOf(each)]]))
  const lines = [...original].flatMap(([each, source]) =>
    each.verdicts.flatMap((verdict, index) => {
      if (verdict.state === 'pass') return []
      const level = isFailure(verdict, false) ? 'error' : 'warning'
      const title = `${verdict.client} ${verdict.scenario}: ${kindOf(verdict)}`
      const text = verdictMessage(verdict, each.seed, reproduceCommand(each))
      return annotation(level, title, text, locate(source?.verdicts[index] ?? verdict))
    }),
  )
  const errors = lines.filter((line) => line.startsWith('::error'))
  const warnings = lines.filter((line) => !line.startsWith('::error'))
  const isTold = texts.exitCode === 0 || (errors.length > 0 && !isPartial(texts))
  const missing = notMeasuredTexts(texts, (text) => text).map((line) => `not measured: ${line}`)
  const run = annotation('error', 'wiregauge compare', [headlineText(texts), ...missing].join('\n'))
  return [...(isTold ? [] : [run]), ...errors, ...warnings]
}
