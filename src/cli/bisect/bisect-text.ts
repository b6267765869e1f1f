import { changeText } from '../../helpers/reports/comparison-words.ts'
import { intervalInUnit } from '../../helpers/reports/figures.ts'
import { clientCommand } from '../../helpers/reports/own-command.ts'
import { plainTable } from '../../helpers/reports/plain-table.ts'
import { withPlainTexts } from '../../helpers/reports/plain-text.ts'
import { mapInterval } from '../../helpers/statistics/interval.ts'
import type { BisectOutcome, BisectResult } from './bisect-result.ts'
import { cutWords } from './cut.ts'
import type { TakenStep } from './step.ts'

/** What was asked about. */
export interface BisectSubject {
  readonly client: string
  readonly scenario: string
}

/** What was asked for, for the words and for the commands in them. */
export interface AskedSearch extends BisectSubject {
  /** Of the search, with which it can be repeated. */
  readonly seed: number
  readonly preReleases?: boolean
  readonly deprecated?: boolean
}

/** A search for the terminal: the path step by step, and how it ended. */
export function bisectText(untrustedSubject: AskedSearch, untrusted: BisectResult): string {
  const subject = withPlainTexts(untrustedSubject)
  const result = withPlainTexts(untrusted)
  const { prereleases, deprecated } = result.leftOut
  const leftOut = [
    ...(prereleases === 0 ? [] : [`${prereleases} pre-release${prereleases === 1 ? '' : 's'}`]),
    ...(deprecated === 0 ? [] : [`${deprecated} deprecated`]),
  ]
  return [
    `${subject.client} ${subject.scenario}: ${result.versions} versions from ${result.good} to ${result.bad}` +
      `${leftOut.length === 0 ? '' : ` (left out between: ${leftOut.join(', ')})`}`,
    plainTable(['step', 'version', 'against', 'evidence', 'throughput', 'verdict'], result.path.map(rowOf), [
      'version',
      'against',
      'verdict',
    ]),
    ...(result.stepped.length === 0
      ? []
      : [result.stepped.map(({ version, reason }) => `stepped around ${version}: ${reason}`).join('\n')]),
    outcomeText(result.outcome, subject, result),
  ].join('\n\n')
}

function rowOf({ version, against, patience, step }: TakenStep, index: number): string[] {
  const change = step.state === 'not measurable' ? '–' : changeText(step)
  return [String(index + 1), version, against, `${patience} ×`, change, step.state]
}

/** The one line that matters, and what it rests on. */
function outcomeText(outcome: BisectOutcome, subject: AskedSearch, result: BisectResult): string {
  const name = `${subject.client} ${subject.scenario}`
  const { good, bad } = result
  switch (outcome.kind) {
    case 'no regression':
      return `not a regression: ${name} at ${bad} against ${good}: ${changeText({ throughput: outcome.ends })}: ${outcome.reason}`
    case 'undecided':
      return (
        `inconclusive: whether ${name} is slower at ${bad} than at ${good} cannot be told: ` +
        `${changeText({ throughput: outcome.ends })}: ${outcome.reason}`
      )
    case 'not measurable':
      return `${name} at ${bad} against ${good} cannot be measured: ${outcome.reason}`
    case 'suspects':
      return [
        `inconclusive: one of ${outcome.suspects.join(', ')} slowed ${name} down; ${outcome.before} had not: ${outcome.reason}`,
        `between the ends: ${changeText({ throughput: outcome.ends })}`,
        `another scenario may tell, or more time: ${bisectCommand(subject, outcome.before, outcome.suspects.at(-1) ?? bad)}`,
      ].join('\n')
    case 'culprit':
      return culpritText(outcome, subject, result)
    case 'cut':
      return cutText(outcome, subject, result)
  }
}

function cutText(
  outcome: Extract<BisectOutcome, { readonly kind: 'cut' }>,
  subject: AskedSearch,
  { good, bad }: BisectResult,
): string {
  const { left } = outcome
  const how = cutWords(outcome)
  if (left === undefined) return `${how}\nthe whole again: ${bisectCommand(subject, good, bad)}`
  const { before, suspects, ends } = left
  return [
    `${how}; one of ${suspects.join(', ')} slowed ${subject.client} ${subject.scenario} down; ${before} had not`,
    `between the ends: ${changeText({ throughput: ends })} at ${bad} against ${good}`,
    `from there on: ${bisectCommand(subject, before, suspects.at(-1) ?? bad)}`,
  ].join('\n')
}

function culpritText(
  { culprit, before, step, ends, sizes }: Extract<BisectOutcome, { readonly kind: 'culprit' }>,
  subject: AskedSearch,
  { good, bad }: BisectResult,
): string {
  const size = step.state === 'not measurable' ? `not measured: ${step.reason}` : changeText(step)
  const lines = [
    `${culprit} slowed ${subject.client} ${subject.scenario} down: ${size} against ${before}`,
    `between the ends: ${changeText({ throughput: ends })} at ${bad} against ${good}`,
  ]
  const chart = bisectCommand(subject, good, bad, true)
  if (step.state === 'pass' || step.state === 'inconclusive') {
    lines.push(`by itself the step is ${step.state}: it may be the last of several that together are too slow`)
  }
  if (sizes === undefined || sizes.matches) {
    return [...lines, ...(sizes === undefined ? [] : ['the sizes match: nothing else need have changed'])].join('\n')
  }
  const apart = intervalInUnit(mapInterval(sizes.difference, Math.exp), 'ratio')
  return [
    ...lines,
    `the sizes do not match: the ratio of the step is ${apart} that between the ends, so something else changed as well`,
    `the history of all versions shows it: ${chart}`,
  ].join('\n')
}

function bisectCommand(subject: AskedSearch, good: string, bad: string, chart = false): string {
  const { client, scenario, seed, preReleases, deprecated } = subject
  return clientCommand('bisect', client, [
    ['--good', good],
    ['--bad', bad],
    ['--scenario', scenario],
    ...(chart ? ([['--chart']] as const) : []),
    ...(preReleases ? ([['--pre-releases']] as const) : []),
    ...(deprecated ? ([['--deprecated']] as const) : []),
    ['--seed', String(seed)],
  ])
}
