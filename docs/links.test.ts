import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pages, repository } from './code-blocks/blocks.ts'
import { ownPathsIn } from './code-blocks/own-paths.ts'

/** A page without its blocks and inline code, in which nothing is a link. */
function proseOf(page: string): string {
  const text = readFileSync(path.join(repository, page), 'utf8')
  return text.replaceAll(/^(`{3,}).*?^\1$/gms, '').replaceAll(/`[^`\n]*`/g, 'code')
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(path.join(repository, page), 'utf8').replaceAll(/^(`{3,}).*?^\1$/gms, '')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const links = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([link, to = '', anchor]) => {
    const file = to === '' ? page : path.posix.join(path.posix.dirname(page), to)
    return { told: `${page}: ${link.slice(1)}`, file, anchor }
  }),
)

test('every link of the pages leads to a file that is there, and to a heading of it', () => {
  expect(links.length).toBeGreaterThan(30)
  const broken = links.filter(
    ({ file, anchor }) =>
      !existsSync(path.join(repository, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
  )
  expect(broken.map(({ told }) => told)).toEqual([])
})

test('a file of this repository that a page for users names is a link to it', () => {
  // Of these, one is for those who have the checkout, and the other lies in the folder that it is about.
  const others = ['CONTRIBUTING.md', 'fixtures/recordings/README.md']
  const named = pages
    .filter((page) => !others.includes(page))
    .flatMap((page) => {
      const text = readFileSync(path.join(repository, page), 'utf8').replaceAll(/^ *(`{3,}).*?^ *\1$/gms, '')
      return [...text.matchAll(/(?<!\[)`[^`\n]+`/g)].flatMap(([code]) =>
        ownPathsIn(code).map((name) => `${page}: ${name}`),
      )
    })
  expect(named).toEqual([])
})

test('every page of docs/ is in the list of docs/README.md', () => {
  const listed = links.filter(({ told }) => told.startsWith('docs/README.md:')).map(({ file }) => file)
  const all = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
  expect(all.filter((page) => !listed.includes(page))).toEqual([])
})
