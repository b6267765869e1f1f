// @module-tag wide
// @module-tag browser
import { statSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { restsOnScatter } from '../../budgets/verdict.ts'
import { inPage, openAll, pageAbout, withBrowser } from './test-browser.ts'
import { overviewOf, rowsOfLeague } from './test-overview.ts'
import { everyKind, fullRun } from './test-page-entries.ts'

const { opened, written } = withBrowser()

interface DrawnChart {
  readonly section: string
  readonly title: string
  readonly width: number
  readonly height: number
  /** Shapes that are neither axis nor grid. */
  readonly marks: number
  /** Of the table behind it. */
  readonly heads: number
  readonly rows: readonly string[]
  readonly colors: readonly string[]
}

/** How many shapes a chart has at least, as the table behind it tells: what it shows was drawn, and not only its axes. */
function leastMarks({ section, title, heads, rows }: DrawnChart): number {
  // The interval with its ends, the estimate, the marks of the thresholds, and a dot for each process.
  if (section === 'budgets') return 4 + rows.filter((row) => /^(?:expected|tolerates|catches|process)/.test(row)).length
  const isOfBarsOrDots = section === 'three-way' || (section === 'clients' && !title.startsWith('sweep'))
  return isOfBarsOrDots ? rows.length : heads - 1
}

const firstPaintMs = (page: Page) =>
  inPage<number>(
    page,
    `new Promise((resolve) => {
      const told = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime
      const look = () => (told() === undefined ? setTimeout(look, 10) : resolve(told()))
      look()
    })`,
  )

/** What of the page is beside its window. */
const overhangPx = (page: Page) =>
  inPage<number>(page, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)

describe('in a browser', { timeout: 60_000 }, () => {
  test.each(['light', 'dark'] as const)('every chart is drawn, in colours of the %s theme', async (colorScheme) => {
    const { page } = await opened({ colorScheme })
    await openAll(page)
    const charts = await inPage<DrawnChart[]>(
      page,
      `(() => {
        document.body.style.color = 'var(--line)'
        const line = getComputedStyle(document.body).color
        const unseen = ['none', 'transparent', 'rgba(0, 0, 0, 0)']
        return [...document.querySelectorAll('figure')].map((figure) => {
          const svg = figure.querySelector(':scope > svg')
          const { width, height } = svg.getBoundingClientRect()
          const marks = [...svg.querySelectorAll('path, circle, rect, polyline')].filter((shape) => {
            const { fill, stroke } = getComputedStyle(shape)
            return !unseen.includes(fill) || ![...unseen, line].includes(stroke)
          })
          return {
            section: figure.closest('section').id,
            title: figure.querySelector('figcaption').textContent,
            width,
            height,
            marks: marks.length,
            heads: figure.querySelectorAll('thead th').length,
            rows: [...figure.querySelectorAll('tbody th')].map((head) => head.textContent),
            colors: [...svg.querySelectorAll('text')].map((text) => getComputedStyle(text).fill),
          }
        })
      })()`,
    )
    const inSection = (wanted: string): number => charts.filter(({ section }) => section === wanted).length
    const scattering = everyKind.flatMap(({ verdicts }) => verdicts.filter(restsOnScatter))
    expect(inSection('budgets')).toBe(scattering.length)
    // Costs, throughput against allocation, bursts and the sweep.
    expect(inSection('clients')).toBe(6)
    expect(inSection('three-way')).toBe(1)
    expect(inSection('proof')).toBe(1)
    expect(inSection('history')).toBeGreaterThan(12)
    expect(charts.filter(({ width, height }) => width < 200 || height < 30)).toEqual([])
    expect(charts.filter((chart) => chart.marks < leastMarks(chart))).toEqual([])
    const themed = await inPage<string[]>(
      page,
      `['--ink', '--muted', '--bad'].map((name) => {
        document.body.style.color = 'var(' + name + ')'
        return getComputedStyle(document.body).color
      })`,
    )
    expect(new Set(themed).size).toBe(3)
    expect([...new Set(charts.flatMap(({ colors }) => colors))].filter((color) => !themed.includes(color))).toEqual([])
  })

  test.each([360, 1_600])('nothing sticks out at %d pixels', async (width) => {
    const { page } = await opened({ viewport: { width, height: 800 } })
    await openAll(page)
    expect(await overhangPx(page)).toBe(0)
  })

  test('tables of results need no scrolling to the side on a telephone', async () => {
    const { page } = await opened({ viewport: { width: 360, height: 800 } })
    await openAll(page)
    const frames = await inPage<{ inner: number; outer: number; table: number; seen: number }[]>(
      page,
      `[...document.querySelectorAll('.stacked')].map((table) => {
        const frame = table.closest('.scroll')
        return { inner: frame.scrollWidth, outer: frame.clientWidth, table: table.scrollWidth, seen: table.clientWidth }
      })`,
    )
    expect(frames.length).toBeGreaterThan(everyKind.length / 2)
    expect(frames.filter(({ inner, outer, table, seen }) => inner > outer || table > seen)).toEqual([])
    // They are tables all the same.
    const head = overviewOf(page).getByRole('columnheader', { name: 'requests/s', exact: true })
    await head.getByRole('button').click()
    expect(await overviewOf(page).getByRole('row').count()).toBe(everyKind.length)
    expect((await rowsOfLeague(page))[0]).toBe('one')
  })

  test('what is printed is all of it, and says what it was filtered by', async () => {
    const missing = Array.from({ length: 12 }, (_, place) => `client-${place} is missing`)
    const long = written(pageAbout(everyKind.slice(0, 3), { lacks: { missing, cut: [] } }))
    const { page } = await opened({ viewport: { width: 700, height: 900 } }, long.address)
    const last = page.locator('.worst li').last()
    expect(await last.isVisible()).toBe(false)
    await page.getByLabel('client or scenario').fill('axios')
    await page.emulateMedia({ media: 'print' })
    expect(await last.isVisible()).toBe(true)
    expect(await page.getByLabel('client or scenario').isVisible()).toBe(false)
    expect(await page.locator('.controls').innerText()).toMatch(/1 of 3 shown\s*client or scenario: axios/)
    expect(
      await inPage<string[]>(
        page,
        `[...document.querySelectorAll('.scroll')].map((each) => getComputedStyle(each).overflow)`,
      ),
    ).not.toContain('auto')
    expect(await overhangPx(page)).toBe(0)
  })

  test('what regressed is to be seen without scrolling, on a telephone too', async () => {
    const { page } = await opened({ viewport: { width: 360, height: 640 } })
    const box = await page.locator('.worst li').first().boundingBox()
    expect((box?.y ?? 1_000) + 40).toBeLessThan(640)
  })

  // The promise is about what a reader waits for, so that nothing but a duration can tell. Of three loads the fastest
  // counts: the others are the machine's.
  test('100 budgets are first painted within a second', async () => {
    const { page } = await opened()
    const paints: number[] = []
    for (let load = 0; load < 3; load++) {
      await page.reload()
      paints.push(await firstPaintMs(page))
    }
    const budgets = everyKind.flatMap(({ verdicts }) => verdicts).length
    console.info(`${budgets} budgets: first paint at ${paints.map(Math.round).join(', ')} ms`)
    expect(budgets).toBeGreaterThan(100)
    expect(Math.min(...paints)).toBeLessThan(1_000)
  })

  test('a full run with two weeks of history takes less than 2 MB', async () => {
    const full = written(pageAbout(fullRun(), {}, 14))
    const { page } = await opened({}, full.address)
    const bytes = statSync(full.file).size
    console.info(
      `560 budgets: ${(bytes / 1e6).toFixed(2)} MB, first paint at ${Math.round(await firstPaintMs(page))} ms`,
    )
    expect(bytes).toBeLessThan(2e6)
  })
})
