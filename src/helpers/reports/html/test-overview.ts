import type { Page } from 'playwright-core'

/** For tests: clients of a league, from top to bottom. */
export const rowsOfLeague = async (page: Page, league = 'equalised') =>
  (await overviewOf(page, league).getByRole('rowheader').allTextContents()).map((text) => text.trim())

/** For tests: the table of a league. */
export const overviewOf = (page: Page, league = 'equalised') =>
  page.getByRole('table', { name: `Overview, ${league}`, exact: true })
