import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Entry } from '../../session/entry.ts'
import { runDigest } from '../history/run-digest.ts'
import { nothingLacks } from '../lacks.ts'
import { newRunRecord } from '../run-record.ts'
import { threeWayRecord } from '../three-way/test-three-way.ts'
import { linesChart } from './charts/lines.ts'
import { type PageContent, page as pageOf } from './page.ts'
import { everyKind } from './test-page-entries.ts'
import { threeWayGroups } from './three-way-groups.ts'

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

/** For tests: a browser for those of one file, and a page that has everything. */
export function withBrowser() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-page-'))
  const file = path.join(folder, 'page.html')
  let browser: Browser
  beforeAll(async () => {
    writeFileSync(file, pageAbout(everyKind))
    browser = await chromium.launch({ executablePath, args })
  }, 60_000)
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })
  const address = pathToFileURL(file).href
  return {
    address,
    opened: (options: BrowserContextOptions = {}, at = address) => opened(browser, options, at),
    /** Writes another page. @returns Its file and its address. */
    written: (text: string) => {
      const other = path.join(folder, 'other.html')
      writeFileSync(other, text)
      return { file: other, address: pathToFileURL(other).href }
    },
  }
}

/** The page in a window of its own, with everything that it asked for and complained about. */
async function opened(browser: Browser, options: BrowserContextOptions, address: string) {
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
  await page.goto(address)
  return { page, asked, complaints }
}

/** For tests: a page about a machine on which so much was measured, in three runs or as many as are asked for. */
export function pageAbout(measured: readonly Entry[], changes: Partial<PageContent> = {}, days = 3): string {
  const runs = Array.from({ length: days }, (_, day) => 10 + day).map((day) =>
    runDigest({ ...newRunRecord(7), startedAt: `2026-11-${day}T12:00:00.000Z`, entries: measured }, `${day}.json`),
  )
  const power = linesChart(
    [
      {
        name: 'catches 5 %',
        points: [
          { x: 0.02, y: 0.1 },
          { x: 0.05, y: 0.97 },
        ],
      },
    ],
    { title: 'red by drop', xName: 'drop', yName: 'red', xScale: 'value', xText: String, yText: String },
  )
  const content: PageContent = {
    results: [{ machine: 'a machine', entries: measured, runs }],
    leftOut: [],
    lacks: nothingLacks,
    exitCode: 1,
    threeWay: threeWayGroups(threeWayRecord()),
    proof: [{ notes: ['false reds: none'], charts: [power] }],
  }
  return pageOf({ ...content, ...changes })
}

/**
 * For tests: what an expression gives in the page. It is text, because types of the browser in one file would be in all of the project.
 */
export const inPage = <Value>(page: Page, expression: string): Promise<Value> => page.evaluate<Value>(expression)

/** For tests: opens everything that can be opened. */
export const openAll = (page: Page) =>
  inPage<void>(page, `document.querySelectorAll('details').forEach((each) => { each.open = true })`)
