import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axios } from '../../helpers/clients/axios.ts'
import { armsOf } from './arm.ts'
import { haveSameCode } from './same-code.ts'

let folder: string
let root: string
let other: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wiregauge-arm-')))
  root = treeOf('root', "export { own } from './own.ts'\n")
  other = treeOf('other', "export { own } from './own.ts'\n")
})
afterAll(() => rmSync(folder, { recursive: true }))

function treeOf(name: string, code: string): string {
  const tree = path.join(folder, name)
  mkdirSync(tree)
  writeFileSync(path.join(tree, 'client.ts'), code)
  writeFileSync(path.join(tree, 'own.ts'), 'export const own: number = 1\n')
  return tree
}

const addressIn = (tree: string): string => pathToFileURL(path.join(tree, 'client.ts')).href
const clientIn = (tree: string) => ({ ...axios, module: addressIn(tree), exportName: 'own' })
const sideOf = (tree: string) => ({ name: path.basename(tree), tree, code: tree })

describe('the adapter of an arm', () => {
  test('comes from the code of its own side, by the same path', () => {
    const { base, head } = armsOf(clientIn(root), { base: sideOf(other), head: sideOf(root) }, root)
    expect(head).toEqual({ tree: root, hasAdapter: true })
    expect(base).toEqual({ tree: other, hasAdapter: true, client: { module: addressIn(other), exportName: 'own' } })
  })

  test('comes from the other side where its own has no such module', () => {
    const empty = path.join(folder, 'empty')
    const { base } = armsOf(clientIn(root), { base: sideOf(empty), head: sideOf(other) }, root)
    expect(base).toEqual({ tree: empty, hasAdapter: false, client: { module: addressIn(other), exportName: 'own' } })
  })

  test('comes from the base where the head has no such module', () => {
    const empty = path.join(folder, 'empty')
    const { base, head } = armsOf(clientIn(root), { base: sideOf(other), head: sideOf(empty) }, root)
    expect(head).toEqual({ tree: empty, hasAdapter: false, client: base.client })
    expect(base.client?.module).toBe(addressIn(other))
  })

  test('is there where it cannot be read as code, which says so itself when it is loaded', () => {
    const broken = treeOf('broken', 'export const own = ;\n')
    const { base } = armsOf(clientIn(root), { base: sideOf(broken), head: sideOf(root) }, root)
    expect(base).toMatchObject({ hasAdapter: true, client: { module: addressIn(broken) } })
  })

  test('comes from the other side where the module has no such export', () => {
    const renamed = treeOf('renamed', 'export const another = 1\n')
    const { base } = armsOf(clientIn(root), { base: sideOf(renamed), head: sideOf(root) }, root)
    expect(base).toEqual({ tree: renamed, hasAdapter: false })
  })

  test('that neither side has is wrong usage', () => {
    const nowhere = sideOf(path.join(folder, 'nowhere'))
    expect(() => armsOf(clientIn(root), { base: nowhere, head: nowhere }, root)).toThrow(
      'neither nowhere nor nowhere has the adapter of axios',
    )
  })

  test('is that of its module wherever the sides are, for a client from outside of the project', () => {
    const { base } = armsOf(axios, { base: sideOf(other), head: sideOf(root) }, root)
    expect(base).toEqual({ tree: other, hasAdapter: true })
  })

  test('has the same code when only comments and types differ, also in what it imports', async () => {
    const same = treeOf('same', "// a comment\nexport { own } from './own.ts'\n")
    writeFileSync(path.join(same, 'own.ts'), 'export const own = 1\n')
    expect(await haveSameCode(addressIn(root), addressIn(same), root, same)).toBe(true)
    writeFileSync(path.join(same, 'own.ts'), 'export const own = 2\n')
    expect(await haveSameCode(addressIn(root), addressIn(same), root, same)).toBe(false)
  })
})
