// @module-tag wide
// @module-tag browser
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { inPage, openAll, withBrowser } from './test-browser.ts'
import { overviewOf, rowsOfLeague } from './test-overview.ts'
import { everyKind } from './test-page-entries.ts'

const { address, opened } = withBrowser()

/** Clients of the rows that are to be seen, from top to bottom. */
const rowsOf = (page: Page) =>
  inPage<string[]>(
    page,
    `[...document.querySelectorAll('#overview tbody tr')].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)`,
  )

/** Whether something is in the window, or partly so. */
const isInView = (page: Page, selector: string) =>
  inPage<boolean>(
    page,
    `(() => {
      const { top, bottom } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })()`,
  )

describe('in a browser', { timeout: 60_000 }, () => {
  test('it asks for nothing but itself and complains of nothing, whatever names it holds', async () => {
    const { page, asked, complaints } = await opened()
    await openAll(page)
    expect(asked).toEqual([address])
    expect(complaints).toEqual([])
    expect(await page.locator('img, b, code, iframe, object, embed, [onerror], [onload]').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(1)
  })

  test('the filter leaves what it is asked for, and its budgets', async () => {
    const { page } = await opened()
    await page.getByLabel('client or scenario').fill('CLIENT-1 small')
    expect((await rowsOf(page)).toSorted()).toEqual(['client-1', 'client-10'])
    expect(await page.locator('#shown').textContent()).toBe(`2 of ${everyKind.length} shown`)
    expect(await page.locator('.measurement:visible').count()).toBe(2)
    await page.getByLabel('client or scenario').fill('')
    await page.getByLabel('verdict').selectOption('regressed')
    expect(await rowsOf(page)).toEqual(['axios'])
  })

  test('the overview is sorted by its heads, by keyboard too', async () => {
    const { page } = await opened()
    expect((await rowsOf(page))[0]).toBe('axios')
    const table = overviewOf(page)
    const head = table.getByRole('columnheader', { name: 'requests/s', exact: true })
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect((await rowsOfLeague(page)).slice(0, 2)).toEqual(['one', 'two'])
    expect((await rowsOfLeague(page)).at(-1)).toBe('blank')
    await head.getByRole('button').focus()
    await page.keyboard.press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect((await rowsOfLeague(page))[0]).toBe('axios')
    expect((await rowsOfLeague(page)).at(-1)).toBe('blank')
    expect(await rowsOfLeague(page, 'as shipped')).toEqual(['shipped'])
  })

  test.each([
    ['descending', 1],
    ['ascending', 2],
  ] as const)('negative figures are sorted %s, and what was not measured comes last', async (_, clicks) => {
    const { page } = await opened()
    // By name first, where what was not measured stands among the others.
    await overviewOf(page).getByRole('columnheader', { name: 'client', exact: true }).getByRole('button').click()
    const head = overviewOf(page).getByRole('columnheader', { name: 'against reference', exact: true })
    for (let click = 0; click < clicks; click++) await head.getByRole('button').click()
    const rows = await rowsOfLeague(page)
    expect(rows.slice(-5).toSorted()).toEqual(['blank', 'one', 'one', 'two', 'two'])
    expect(rows.at(clicks === 1 ? -6 : 0)).toBe('axios')
  })

  test('a link to what is filtered out shows it, however often it is followed', async () => {
    const { page } = await opened()
    const link = page.locator('.worst a').first()
    const section = page.locator('.measurement[data-section="m0-axios%20small-4"]')
    const filter = page.getByLabel('client or scenario')
    for (let time = 0; time < 2; time++) {
      await filter.fill('client-7')
      expect(await section.isVisible()).toBe(false)
      await link.click()
      await section.waitFor({ state: 'visible' })
      expect(await filter.inputValue()).toBe('')
      expect(await section.getAttribute('open')).not.toBeNull()
      expect(await isInView(page, '[data-section="m0-axios%20small-4"].measurement')).toBe(true)
    }
  })

  test('an address with the name of what passed opens it', async () => {
    const { page } = await opened({}, `${address}#m0-client-3%20small-4`)
    const section = page.locator('.measurement[data-section="m0-client-3%20small-4"]')
    expect(await section.getAttribute('open')).not.toBeNull()
    expect(await isInView(page, '[data-section="m0-client-3%20small-4"].measurement')).toBe(true)
  })

  test('a link to what passed opens it', async () => {
    const { page } = await opened()
    await page.getByLabel('client or scenario').fill('client-7')
    await page.locator('#overview tbody tr:visible a').click()
    const table = page.locator('.measurement:visible table').first()
    await table.waitFor({ state: 'visible' })
    expect(await table.textContent()).toContain('throughput against reference')
  })

  test('no two tables have the same name', async () => {
    const { page } = await opened()
    await openAll(page)
    const session = await page.context().newCDPSession(page)
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const names = nodes.flatMap(({ role, name }) => (role?.value === 'table' ? [String(name?.value)] : []))
    expect(names.length).toBeGreaterThan(200)
    expect(names.filter((name, place) => name.trim() === '' || names.indexOf(name) !== place)).toEqual([])
  })

  test('the heads of a table that is scrolled cover no row that is scrolled to', async () => {
    const { page } = await opened()
    // As near as can be, which is where some browsers scroll what gets the focus.
    const [link, head] = await inPage<number[]>(
      page,
      `(() => {
        const frame = document.querySelector('.tall')
        frame.scrollTop = frame.scrollHeight
        const link = frame.querySelectorAll('tbody a')[3]
        link.scrollIntoView({ block: 'nearest' })
        return [link.getBoundingClientRect().top, frame.querySelector('thead th').getBoundingClientRect().bottom]
      })()`,
    )
    expect(link).toBeGreaterThanOrEqual(head ?? Number.POSITIVE_INFINITY)
  })

  test('it is whole without its script', async () => {
    const { page } = await opened({ javaScriptEnabled: false })
    expect(await page.locator('.controls').isVisible()).toBe(false)
    expect(await page.locator('#overview tbody tr').count()).toBe(everyKind.length)
    expect(await page.locator('h1').textContent()).toContain('regressed')
  })
})
