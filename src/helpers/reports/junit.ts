import { isFailure, kindOf, type Verdict } from '../budgets/verdict.ts'
import type { ClientComparison, ComparisonReport, NotMeasured } from './comparison.ts'
import { stateOf, worstFirst } from './comparison-state.ts'
import { isSameCause } from './comparison-verdicts.ts'
import { changeText, headlineText, reproduceCommand, totalDurationMs } from './comparison-words.ts'
import { withPlainTexts } from './plain-text.ts'
import { verdictMessage } from './verdict-message.ts'
import { xmlElement, xmlText } from './xml-text.ts'

type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

interface TestCase {
  readonly outcome: Outcome
  readonly xml: string
}

/**
 * A comparison as JUnit XML: a test case a verdict. What fails the run is a failure, once where several have one cause; what
 * is invalid or was not measured is an error; and what is printed and counted without failing is skipped with its reason, so
 * that no dashboard counts it as a pass. A run with another exit code than 0 has a failure or an error.
 */
export function comparisonJunit(untrusted: ComparisonReport): string {
  const report = withPlainTexts(untrusted)
  const found = [...worstFirst(report).flatMap(casesOf), ...report.notMeasured.map(missingCase)]
  const isRed = found.some(({ outcome }) => outcome === 'failure' || outcome === 'error')
  const cases = isRed || report.exitCode === 0 ? found : [...found, runCase(report)]
  const counted = (outcome: Outcome): number => cases.filter((each) => each.outcome === outcome).length
  const counts = {
    tests: cases.length,
    failures: counted('failure'),
    errors: counted('error'),
    skipped: counted('skipped'),
    time: seconds(totalDurationMs(report)),
  }
  const suite = xmlElement(
    'testsuite',
    {
      name: `wiregauge compare: ${report.base} to ${report.head}`,
      timestamp: report.date,
      hostname: report.machine,
      ...counts,
    },
    cases.map(({ xml }) => `\n    ${xml}`).join(''),
  )
  const root = xmlElement('testsuites', { name: 'wiregauge compare', ...counts }, `\n  ${suite}\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

function casesOf(each: ClientComparison): TestCase[] {
  if (each.verdicts.length === 0) {
    const text = `${each.client} ${each.scenario} was measured and not judged: throughput ${changeText(each)}`
    return [testCase(each, stateOf(each), 'error', stateOf(each), text)]
  }
  return each.verdicts.map((verdict, index) => {
    const text = verdictMessage(verdict, each.seed, reproduceCommand(each))
    const told = each.verdicts.slice(0, index).find((earlier) => isSameCause(earlier, verdict))
    if (told === undefined) return testCase(each, verdict.budget, outcomeOf(verdict), kindOf(verdict), text)
    return testCase(each, verdict.budget, 'skipped', kindOf(verdict), `for the same cause as ${told.budget}\n${text}`)
  })
}

function missingCase({ client, scenario, reason }: NotMeasured): TestCase {
  return errorCase(client, scenario, 'not measured', `${client} ${scenario} was not measured: ${reason}`)
}

function runCase(report: ComparisonReport): TestCase {
  return errorCase('wiregauge', 'compare', `exit code ${report.exitCode}`, headlineText(report))
}

function errorCase(classname: string, name: string, type: string, message: string): TestCase {
  const error = xmlElement('error', { type, message })
  return { outcome: 'error', xml: xmlElement('testcase', { classname, name, time: seconds(0) }, error) }
}

function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.state === 'pass') return 'passed'
  if (verdict.state === 'invalid') return 'error'
  return isFailure(verdict, false) ? 'failure' : 'skipped'
}

function testCase(each: ClientComparison, budget: string, outcome: Outcome, kind: string, text: string): TestCase {
  const { client, scenario, durationMs, verdicts } = each
  const name = {
    classname: client,
    name: `${scenario}, ${budget}`,
    time: seconds(durationMs / Math.max(1, verdicts.length)),
  }
  const [message = ''] = text.split('\n')
  if (outcome === 'passed') return { outcome, xml: xmlElement('testcase', name) }
  const attributes = outcome === 'skipped' ? { message } : { type: kind, message }
  return { outcome, xml: xmlElement('testcase', name, xmlElement(outcome, attributes, xmlText(text))) }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3)
}
