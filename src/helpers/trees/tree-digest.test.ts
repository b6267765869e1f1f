import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { treeDigest } from './tree-digest.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-trees-'))
afterAll(() => rmSync(folder, { recursive: true }))

let trees = 0

/** A tree with packages by their places below `node_modules`; each has its main text and what it needs. */
function treeOf(
  packages: Readonly<Record<string, { main?: string; needs?: readonly string[]; kind?: string }>>,
): string {
  const tree = path.join(folder, String(trees++))
  for (const [place, { main = 'main', needs = [], kind = 'dependencies' }] of Object.entries(packages)) {
    const own = path.join(tree, 'node_modules', place)
    mkdirSync(path.join(own, 'lib'), { recursive: true })
    const manifest = { name: path.basename(place), [kind]: Object.fromEntries(needs.map((name) => [name, '*'])) }
    writeFileSync(path.join(own, 'package.json'), JSON.stringify(manifest))
    writeFileSync(path.join(own, 'lib', 'main.js'), main)
  }
  return tree
}

const client = { needs: ['redirects', 'forms'] }
const hoisted = treeOf({ client, redirects: {}, forms: { needs: ['mime'] }, mime: {} })

test('the same files have the same digest, wherever npm has put them', () => {
  const nested = treeOf({
    client,
    'client/node_modules/redirects': {},
    forms: { needs: ['mime'] },
    'forms/node_modules/mime': {},
    mime: { main: 'another version at the top' },
  })
  expect(treeDigest('client', hoisted)).toMatch(/^[0-9a-f]{64}$/)
  expect(treeDigest('client', nested)).toBe(treeDigest('client', hoisted))
})

test('a package that is installed twice is the same code as one that is shared', () => {
  const needy = { client, redirects: { needs: ['mime'] }, forms: { needs: ['mime'] } }
  const once = treeOf({ ...needy, mime: {} })
  const twice = treeOf({
    ...needy,
    'redirects/node_modules/mime': {},
    'forms/node_modules/mime': {},
    mime: { main: 'another version at the top' },
  })
  expect(treeDigest('client', twice)).toBe(treeDigest('client', once))
})

test('who gets which version counts', () => {
  const needy = { client, redirects: { needs: ['mime'] }, forms: { needs: ['mime'], main: 'forms' } }
  const one = treeOf({ ...needy, mime: { main: 'old' }, 'forms/node_modules/mime': { main: 'new' } })
  const other = treeOf({ ...needy, mime: { main: 'new' }, 'forms/node_modules/mime': { main: 'old' } })
  expect(treeDigest('client', other)).not.toBe(treeDigest('client', one))
})

test('a changed file in a package that is needed by a needed one changes the digest', () => {
  const changed = treeOf({ client, redirects: {}, forms: { needs: ['mime'] }, mime: { main: 'edited in place' } })
  expect(treeDigest('client', changed)).not.toBe(treeDigest('client', hoisted))
})

test('packages that the client does not need do not count', () => {
  const more = treeOf({ client, redirects: {}, forms: { needs: ['mime'] }, mime: {}, 'test-runner': {} })
  expect(treeDigest('client', more)).toBe(treeDigest('client', hoisted))
})

test.each(['dependencies', 'optionalDependencies', 'peerDependencies'])('%s count where they are there', (kind) => {
  const lone = treeOf({ client: { needs: ['extra'], kind } })
  const withExtra = treeOf({ client: { needs: ['extra'], kind }, extra: {} })
  expect(treeDigest('client', lone)).toMatch(/^[0-9a-f]{64}$/)
  expect(treeDigest('client', withExtra)).not.toBe(treeDigest('client', lone))
})

test('packages that need each other have a digest', () => {
  const circle = treeOf({ client: { needs: ['redirects'] }, redirects: { needs: ['client'] } })
  expect(treeDigest('client', circle)).toMatch(/^[0-9a-f]{64}$/)
})

test('a package that is not there has no digest', () => {
  expect(treeDigest('missing', hoisted)).toBeUndefined()
  expect(treeDigest('client', path.join(folder, 'no-such-tree'))).toBeUndefined()
})
