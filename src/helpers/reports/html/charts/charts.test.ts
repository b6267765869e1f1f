import { describe, expect, test } from 'vitest'
import { judgeAgainstReference } from '../../../budgets/reference-throughput.ts'
import { judgingBy, measurementOf, pairOf, replicateOf } from '../../../budgets/test-measurement.ts'
import { plainText } from '../../plain-text.ts'
import { hostileNamesFrom } from '../../test-hostile.ts'
import { figure } from '../figure.ts'
import { barChart } from './bars.ts'
import { type BudgetSample, budgetChart } from './budget-chart.ts'
import { linesChart } from './lines.ts'
import { scatterChart } from './scatter.ts'

const lineOptions = {
  title: 'title',
  xName: 'x',
  yName: 'y',
  xScale: 'value',
  xText: (x: number) => `${x} X`,
  yText: (y: number) => `${y} Y`,
} as const

const judged = judgeAgainstReference(
  measurementOf({ pair: pairOf({ sameFiles: false, replicates: [replicateOf(0.99), replicateOf(1)] }) }),
  { tolerates: '1.5 %', catches: '5 %' },
  judgingBy(),
)

/** Every kind of chart about something of a name. */
const kinds = [
  ['bars', (name: string) => barChart(name, [{ client: name, value: 2, text: `${name} 2` }])],
  ['scatter', (name: string) => scatterChart([{ client: name, x: 1, y: 2 }], { ...lineOptions, title: name })],
  [
    'lines',
    (name: string) =>
      linesChart(
        [
          {
            name,
            points: [
              { x: 1, y: 2 },
              { x: 2, y: 3, mark: name },
            ],
          },
        ],
        { ...lineOptions, title: name },
      ),
  ],
  [
    'a budget',
    (name: string) =>
      budgetChart({ ...judged, budget: name }, { replicates: [0.99, 1], paired: [] }) ?? barChart('', []),
  ],
] as const

/** Tags of a piece of HTML. */
const tagsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/<([a-z!][\w-]*)/gi)].map(([, tag = '']) => tag))].sort()

// The page makes names plain before they come here.
const names = [...hostileNamesFrom(1, 10), '__proto__', 'constructor', '{a|b}', "$' $& $`"].map(plainText)

describe.each(kinds)('%s', (_, draw) => {
  test.each(names)('about %j hold no more than about another', (name) => {
    expect(tagsOf(figure(draw(name)).text)).toEqual(tagsOf(figure(draw('axios')).text))
  })

  test('have a name to be read out, and their figures as a table', () => {
    const { text } = figure(draw('axios'))
    expect(text).toMatch(/<svg role="img" aria-label="[^"]*axios/)
    expect(text).toContain('<summary>Figures as a table')
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('a chart of a budget', () => {
  const sample: BudgetSample = { replicates: [0.99, 1], paired: [] }

  test('is absent where nothing was measured that scatters', () => {
    const { measured: _, ...unmeasured } = judged
    expect(budgetChart(unmeasured, sample)).toBeUndefined()
    expect(budgetChart(judged, { replicates: [], paired: [] })).toBeUndefined()
  })

  test('says what was measured, expected, tolerated and caught', () => {
    const chart = budgetChart(judged, sample)
    expect(chart?.title).toBe('throughput against reference: inconclusive')
    expect(chart?.picture.text).toMatch(
      / aria-label="throughput against reference: inconclusive; measured 0\.995 × \(95 % interval [^"]*\); expected 1\.000 ×, tolerates 0\.985 ×, catches 0\.950 ×" /,
    )
  })

  test('has the distribution of paired differences where there are enough of them', () => {
    const paired = Array.from({ length: 1_000 }, (_, place) => 0.9 + (place % 200) / 1_000).concat(9)
    const [few, many] = [budgetChart(judged, sample), budgetChart(judged, { ...sample, paired })]
    const shapes = (text = '') => text.match(/<path/g)?.length ?? 0
    expect(shapes(many?.picture.text)).toBeGreaterThan(shapes(few?.picture.text) + 15)
    expect(many?.table.rows.slice(-6)).toEqual([
      ['paired differences', expect.stringMatching(/^1,001, of them drawn \d{3}$/)],
      ['paired differences, 5th percentile', '0.910 ×'],
      ['paired differences, 25th percentile', '0.950 ×'],
      ['paired differences, 50th percentile', '1.000 ×'],
      ['paired differences, 75th percentile', '1.050 ×'],
      ['paired differences, 95th percentile', '1.090 ×'],
    ])
  })

  test('draws thresholds where they are, not at the nearest hundredth', () => {
    const [one, other] = [0.982, 0.984].map((tolerates) => budgetChart({ ...judged, tolerates }, sample)?.picture.text)
    expect(one).not.toBe(other)
  })

  test('is drawn though every difference is the same', () => {
    const paired = Array.from({ length: 1_000 }, () => 1)
    expect(budgetChart(judged, { ...sample, paired })?.picture.text).not.toMatch(/NaN|Infinity/)
  })
})

describe('a chart of lines', () => {
  const line = (points: number) => ({
    name: 'axios',
    points: Array.from({ length: points }, (_, x) => ({ x, y: 1, ...(x === 50 ? { mark: '1.21.1' } : {}) })),
  })

  test('names what is marked, in the picture and in the table', () => {
    const { picture, table } = linesChart([line(51)], lineOptions)
    expect(picture.text).toContain('>1.21.1<')
    expect(table.rows.at(-1)).toEqual(['50 X', '1 Y (1.21.1)'])
  })

  test('draws no mark where a line begins, because nothing changes there', () => {
    const points = [
      { x: 1, y: 1, mark: '1.21.0' },
      { x: 2, y: 1 },
    ]
    expect(linesChart([{ name: 'axios', points }], lineOptions).picture.text).not.toContain('1.21.0')
  })

  test('has a shape at every point while they are few, and at some of many', () => {
    const shapes = (points: number): number =>
      linesChart([line(points)], lineOptions).picture.text.match(/ fill="var\(--series-1\)"/g)?.length ?? 0
    expect(shapes(8)).toBe(8)
    // And at the one that is marked.
    expect(shapes(60)).toBe(9)
  })

  test('has an empty cell where a line has no point', () => {
    const other = { name: 'http', points: [{ x: 7, y: 3 }] }
    expect(linesChart([line(1), other], lineOptions).table.rows).toEqual([
      ['0 X', '1 Y', '–'],
      ['7 X', '–', '3 Y'],
    ])
  })
})
