// @module-tag wide
// @module-tag browser
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import { judgingBy, loadOf, measurementOf, pairOf, replicateOf, soloOf } from '../../budgets/test-measurement.ts'
import { judgeAgainstClient, judgePerSecond } from '../../budgets/throughput.ts'
import type { Entry } from '../../session/entry.ts'
import { runDigest } from '../history/run-digest.ts'
import { newRunRecord } from '../run-record.ts'
import { hostileNamesFrom } from '../test-hostile.ts'
import { page as pageOf } from './page.ts'

/** Debian's, as `apt-get install chromium` leaves it, unless another one is named. */
const executablePath = process.env['CHROMIUM'] || '/usr/bin/chromium'

// A page of a test asks nobody for anything; what the browser itself would ask for is switched off.
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-page-'))
const file = path.join(folder, 'page.html')
let browser: Browser
beforeAll(async () => {
  const runs = [10, 11, 12].map((day) =>
    runDigest({ ...newRunRecord(7), startedAt: `2026-11-${day}T12:00:00.000Z`, entries }, `${day}.json`),
  )
  const results = [{ machine: 'a machine', entries, runs }]
  writeFileSync(file, pageOf({ results, leftOut: [], exitCode: 1, proofCharts: [] }))
  browser = await chromium.launch({ executablePath, args })
}, 60_000)
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** A client at a share of its reference, with three budgets that scatter and the batches of hundreds of blocks. */
function entryAt(share: number, client: string, scenario = 'small-4'): Entry {
  const batchUs = Array.from({ length: 300 }, (_, block) => 500 + 40 * Math.sin(block * 7) + (block % 50))
  const blocks = {
    arms: [
      { arm: 'current', batchUs: batchUs.map((us) => us / share).reverse() },
      { arm: 'reference', batchUs },
    ],
  }
  const replicates = [0.98, 0.99, 1, 1, 1.01, 1.02].map((mood) => replicateOf(share * mood, { blocks }))
  const speed = 2_000 * share
  const measurement = measurementOf({
    pair: pairOf({ replicates, solo: [soloOf(share), soloOf(share)] }),
    load: [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', speed), loadOf('http', 10_000)] })),
  })
  const verdicts = [
    judgeAgainstReference(measurement, { tolerates: '1.5 %', catches: '5 %' }, judgingBy()),
    judgeAgainstClient(measurement, 'http', { tolerates: '20 %', catches: '30 %' }, judgingBy()),
    judgePerSecond(measurement, 800, judgingBy()),
  ]
  const load = measurement.load.map(({ seed, clients: [own, ...others] }) => ({
    seed,
    clients: [...(own === undefined ? [] : [{ ...own, client }]), ...others],
  }))
  return {
    measurement: { ...measurement, client, scenario, load },
    verdicts: verdicts.map((verdict) => ({ ...verdict, client, scenario })),
  }
}

/** Twelve clients of which one is red, and one for each hostile name: over 100 budgets, in three runs. */
const entries: readonly Entry[] = [
  entryAt(0.85, 'axios'),
  ...Array.from({ length: 11 }, (_, place) => entryAt(1 + place / 1_000, `client-${place}`)),
  ...hostileNamesFrom(1, 0).map((name, place) => entryAt(1, name, `scenario-${place}`)),
]
/** The page in a window of its own, with everything that it asked for and complained about. */
async function opened(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1_600, height: 900 }, ...options })
  const page = await context.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  await page.goto(pathToFileURL(file).href)
  return { page, asked, complaints }
}

/**
 * What an expression gives in the page. It is text, because types of the browser in one file would be in all of the project.
 */
const inPage = <Value>(page: Page, expression: string): Promise<Value> => page.evaluate<Value>(expression)

/** Clients of the rows that are to be seen, from top to bottom. */
const rowsOf = (page: Page) =>
  inPage<string[]>(
    page,
    `[...document.querySelectorAll('#overview tbody tr')].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)`,
  )

const openAll = (page: Page) =>
  inPage<void>(page, `document.querySelectorAll('details').forEach((each) => { each.open = true })`)

describe('in a browser', { timeout: 60_000 }, () => {
  test('it asks for nothing but itself and complains of nothing, whatever names it holds', async () => {
    const { page, asked, complaints } = await opened()
    await openAll(page)
    expect(asked).toEqual([pathToFileURL(file).href])
    expect(complaints).toEqual([])
    expect(await page.locator('img, b, code, iframe, object, embed, [onerror], [onload]').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(1)
  })

  test.each(['light', 'dark'] as const)('every chart is drawn, in colours of the %s theme', async (colorScheme) => {
    const { page } = await opened({ colorScheme })
    await openAll(page)
    const charts = await inPage<{ width: number; height: number; shapes: number; colors: string[] }[]>(
      page,
      `[...document.querySelectorAll('figure > svg')].map((svg) => {
        const { width, height } = svg.getBoundingClientRect()
        const shapes = svg.querySelectorAll('path, rect, polyline, circle').length
        const colors = [...svg.querySelectorAll('text')].map((text) => getComputedStyle(text).fill)
        return { width, height, shapes, colors }
      })`,
    )
    expect(charts.length).toBeGreaterThan(100)
    expect(charts.filter(({ width, height, shapes }) => width < 200 || height < 30 || shapes === 0)).toEqual([])
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

  test('the filter leaves what it is asked for, and its budgets', async () => {
    const { page } = await opened()
    await page.getByLabel('client or scenario').fill('CLIENT-1 small')
    expect((await rowsOf(page)).toSorted()).toEqual(['client-1', 'client-10'])
    expect(await page.locator('#shown').textContent()).toBe(`2 of ${entries.length} shown`)
    expect(await page.locator('.measurement:visible').count()).toBe(2)
    await page.getByLabel('client or scenario').fill('')
    await page.getByLabel('verdict').selectOption('regressed')
    expect(await rowsOf(page)).toEqual(['axios'])
  })

  test('the overview is sorted by its heads, by keyboard too', async () => {
    const { page } = await opened()
    expect((await rowsOf(page))[0]).toBe('axios')
    const head = page.getByRole('columnheader', { name: 'requests/s' })
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect((await rowsOf(page)).slice(0, 2)).toEqual(['client-10', 'client-9'])
    await head.getByRole('button').focus()
    await page.keyboard.press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect((await rowsOf(page))[0]).toBe('axios')
    // Negative figures, too.
    await page.getByRole('columnheader', { name: 'against reference' }).getByRole('button').click()
    expect((await rowsOf(page)).at(-1)).toBe('axios')
  })

  test('a link to what passed opens it', async () => {
    const { page } = await opened()
    await page.getByLabel('client or scenario').fill('client-7')
    await page.locator('#overview tbody tr:visible a').click()
    const table = page.locator('.measurement:visible table').first()
    await table.waitFor({ state: 'visible' })
    expect(await table.textContent()).toContain('throughput against reference')
  })

  test.each([360, 1_600])('nothing sticks out at %d pixels', async (width) => {
    const { page } = await opened({ viewport: { width, height: 800 } })
    await openAll(page)
    const [whole, seen] = await inPage<number[]>(
      page,
      `[document.documentElement.scrollWidth, document.documentElement.clientWidth]`,
    )
    expect(whole).toBe(seen)
  })

  test('it is whole without its script', async () => {
    const { page } = await opened({ javaScriptEnabled: false })
    expect(await page.locator('.controls').isVisible()).toBe(false)
    expect(await page.locator('#overview tbody tr').count()).toBe(entries.length)
    expect(await page.locator('h1').textContent()).toContain('regressed')
  })

  test('what regressed is to be seen without scrolling, on a telephone too', async () => {
    const { page } = await opened({ viewport: { width: 360, height: 640 } })
    const box = await page.locator('.worst li').first().boundingBox()
    expect((box?.y ?? 1_000) + 40).toBeLessThan(640)
  })

  test('it tells when it is first painted', async () => {
    const { page } = await opened()
    const paints = await inPage<{ name: string; startTime: number }[]>(
      page,
      `performance.getEntriesByType('paint').map(({ name, startTime }) => ({ name, startTime }))`,
    )
    const budgets = entries.flatMap(({ verdicts }) => verdicts).length
    console.info(
      `${budgets} budgets: ${paints.map(({ name, startTime }) => `${name} ${Math.round(startTime)} ms`).join(', ')}`,
    )
    expect(paints.length).toBeGreaterThan(0)
  })
})
