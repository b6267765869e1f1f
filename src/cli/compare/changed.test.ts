import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { axios } from '../../helpers/clients/axios.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import { type TestFolder, testFolder } from '../../helpers/trees/test-folder.ts'
import { changesOf, requireSidesInstalled } from './changed.ts'
import type { Side } from './side.ts'

function project(): TestFolder {
  const folder = testFolder()
  folder.write('package.json', {})
  folder.write('package-lock.json', { lockfileVersion: 3, packages: {} })
  folder.write('client.ts', 'export const client = {}\n')
  return folder
}

function clientIn({ root }: TestFolder): Client {
  const open = () => ({ send: () => Promise.reject(new Error('not asked')), close: () => undefined })
  return {
    name: 'own',
    league: 'equalised',
    module: pathToFileURL(`${root}/client.ts`).href,
    exportName: 'client',
    open,
  }
}

const sideOf = ({ root }: TestFolder, node?: string): Side => ({
  name: root,
  tree: root,
  code: root,
  ...(node === undefined ? {} : { node: { version: node, execPath: 'node' } }),
})

test('a client of which nothing changed has no reason to be measured', async () => {
  using base = project()
  using head = project()
  const sides = { base: sideOf(base), head: sideOf(head) }
  expect(await changesOf([clientIn(head)], sides, head.root)).toEqual({ reasons: new Map(), removed: new Set() })
})

test('another Node is a reason for every client, before its own', async () => {
  using base = project()
  using head = project()
  head.write('client.ts', 'export const client = { changed: true }\n')
  const sides = { base: sideOf(base, '26.9.0'), head: sideOf(head, '26.10.0') }
  const own = clientIn(head)
  expect((await changesOf([own, { ...own, name: 'also' }], sides, head.root)).reasons).toEqual(
    new Map([
      ['own', ['Node 26.9.0 → 26.10.0', 'client.ts changed']],
      ['also', ['Node 26.9.0 → 26.10.0', 'client.ts changed']],
    ]),
  )
})

test('a client that the head no longer has is neither changed nor unchanged', async () => {
  using base = project()
  using head = project()
  head.write('client.ts', 'export const renamed = {}\n')
  const own = clientIn(base)
  expect(await changesOf([own], { base: sideOf(base), head: sideOf(head) }, base.root)).toEqual({
    reasons: new Map(),
    removed: new Set(['own']),
  })
  const sides = { base: sideOf(base, '26.9.0'), head: sideOf(head, '26.10.0') }
  expect((await changesOf([own], sides, base.root)).reasons).toEqual(new Map())
})

test('a client from elsewhere has the packages that changed for its reason, by name and version', async () => {
  using base = project()
  using head = project()
  for (const [tree, version] of [[base, '1.15.9'] as const, [head, '1.15.11'] as const]) {
    tree.write('package-lock.json', {
      lockfileVersion: 3,
      packages: {
        'node_modules/axios': { version: '1.20.0', dependencies: { 'follow-redirects': '*' } },
        'node_modules/follow-redirects': { version },
      },
    })
  }
  const sides = { base: sideOf(base), head: sideOf(head) }
  expect((await changesOf([axios], sides, head.root)).reasons).toEqual(
    new Map([['axios', ['follow-redirects 1.15.9 → 1.15.11']]]),
  )
})

describe('what is installed', () => {
  const locked = { lockfileVersion: 3, packages: { 'node_modules/axios': { version: '1.21.1' } } }

  test('has to be what the lock of each tree says, also for a client from elsewhere', async () => {
    using base = project()
    using head = project()
    head.write('package-lock.json', locked)
    head.write('node_modules/axios/package.json', { version: '1.20.0' })
    for (const sides of [
      { base: sideOf(base), head: sideOf(head) },
      { base: sideOf(head), head: sideOf(base) },
    ]) {
      await expect(requireSidesInstalled([axios], sides, head.root)).rejects.toThrow(
        'node_modules/axios should be 1.21.1 and is 1.20.0. Run `npm ci` there.',
      )
    }
  })

  test('is counted by the modules of each side', async () => {
    using base = project()
    using head = project()
    base.write('package-lock.json', locked)
    base.write('client.ts', "import 'axios'\nexport const client = {}\n")
    await expect(
      requireSidesInstalled([clientIn(head)], { base: sideOf(base), head: sideOf(head) }, head.root),
    ).rejects.toThrow('node_modules/axios should be 1.21.1 and is not there')
  })

  test('matters nothing where versions are compared, which have a tree of their own', async () => {
    using project_ = project()
    using installed = testFolder()
    project_.write('package-lock.json', locked)
    const side = { ...sideOf(project_), tree: installed.root }
    await requireSidesInstalled([axios], { base: side, head: side }, project_.root)
  })
})
