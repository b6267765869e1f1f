import { expect, test } from 'vitest'
import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import { judgingBy, measurementOf, pairOf, replicateOf } from '../../budgets/test-measurement.ts'
import { budgetKey } from './budget-key.ts'
import { barChart } from './charts/bars.ts'
import { budgetChart } from './charts/budget-chart.ts'
import { linesChart } from './charts/lines.ts'
import { scatterChart } from './charts/scatter.ts'
import { pageStyle } from './page-style.ts'

/** Colours of a theme by their names. */
function themes(): readonly Readonly<Record<string, string>>[] {
  return [...pageStyle.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) =>
    Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value])),
  )
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

test('there are two themes with the same names', () => {
  const [light, dark] = themes()
  expect(Object.keys(light ?? {})).toEqual(Object.keys(dark ?? {}))
})

test.each(['ink', 'muted', 'link', 'bad', 'warn', 'good'])('text in %s has contrast AA in both themes', (name) => {
  for (const theme of themes()) {
    expect(contrast(theme[name] ?? '', theme['paper'] ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme[name] ?? '', theme['raised'] ?? '')).toBeGreaterThanOrEqual(4.5)
  }
})

/** Every kind of chart, with everything that it draws of data. */
function pictures(): readonly string[] {
  const replicates = [0.99, 1]
  const paired = Array.from({ length: 1_000 }, (_, place) => 0.9 + (place % 200) / 1_000)
  const judged = judgeAgainstReference(
    measurementOf({ pair: pairOf({ replicates: replicates.map((share) => replicateOf(share)) }) }),
    { tolerates: '1.5 %', catches: '5 %' },
    judgingBy(),
  )
  const options = { title: '', xName: '', yName: '', xScale: 'value', xText: String, yText: String } as const
  const clients = Array.from({ length: 6 }, (_, place) => `client-${place}`)
  const lines = clients.map((name, y) => ({
    name,
    points: [
      { x: 1, y: y + 1 },
      { x: 2, y: y + 1 },
    ],
  }))
  const bounds = { low: 1, high: 3 }
  return [
    budgetChart(judged, { replicates, paired })?.picture.text ?? '',
    budgetKey.text,
    barChart('', [{ client: 'axios', value: 2, text: '2', bounds }]).picture.text,
    scatterChart(
      clients.map((client, x) => ({ client, x, y: x })),
      options,
    ).picture.text,
    linesChart(lines, options).picture.text,
  ]
}

/** Colours of the shapes in a picture, each with those that it can be seen by; axes and grids are lines, and are left out. */
function shapesIn(picture: string): readonly (readonly string[])[] {
  return [...picture.matchAll(/<(?:path|circle) [^>]*>/g)].flatMap(([shape]) => {
    const [fill, stroke] = ['fill', 'stroke'].map(
      (name) => new RegExp(` ${name}="var\\(--([\\w-]+)\\)"`).exec(shape)?.[1],
    )
    const isPale = / (?:fill-|stroke-)?opacity="0?\.\d+"/.test(shape)
    const isLine = fill === undefined && stroke === 'line'
    if (isLine || (fill === undefined && stroke === undefined)) return []
    return [isPale ? [] : [fill, stroke].filter((color) => color !== undefined)]
  })
}

test('every shape that shows data has contrast AA for graphics in both themes, in its body or at its edge', () => {
  const shapes = pictures().map(shapesIn)
  expect(shapes.map((each) => each.length > 0)).toEqual(shapes.map(() => true))
  for (const theme of themes()) {
    const seen = (color: string): boolean => contrast(theme[color] ?? '', theme['paper'] ?? '') >= 3
    expect(shapes.flat().filter((colors) => !colors.some(seen))).toEqual([])
  }
})
