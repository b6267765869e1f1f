import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { installReference, referenceIntegrity, verifyReference } from './reference-tree.ts'
import { ReferenceTreeError } from './reference-tree-error.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-reference-'))
afterAll(() => rmSync(folder, { recursive: true }))

let trees = 0

type Packages = Readonly<Record<string, { version: string; integrity?: string; optional?: boolean }>>

/** A tree with a lock, and what npm noted of its installation. */
function treeOf(locked: Packages, installed: Packages | undefined = locked, lineEnd = '\n'): string {
  const tree = path.join(folder, String(trees++))
  mkdirSync(path.join(tree, 'node_modules'), { recursive: true })
  const text = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages }, null, 2)
  const lock = text({ '': { name: 'reference' }, ...locked }).replaceAll('\n', lineEnd)
  writeFileSync(path.join(tree, 'package-lock.json'), lock)
  if (installed !== undefined) writeFileSync(path.join(tree, 'node_modules', '.package-lock.json'), text(installed))
  return tree
}

const axios = { version: '1.21.1', integrity: 'sha512-aaaa' }
const redirects = { version: '1.16.0', integrity: 'sha512-bbbb' }
const packages = { 'node_modules/axios': axios, 'node_modules/follow-redirects': redirects }

describe('the integrity of a reference', () => {
  test('is that of its lock, in the form of a lock', () => {
    expect(referenceIntegrity(treeOf(packages))).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
    expect(referenceIntegrity(treeOf({ 'node_modules/axios': axios }))).not.toBe(referenceIntegrity(treeOf(packages)))
  })

  test('does not depend on line ends', () => {
    expect(referenceIntegrity(treeOf(packages, packages, '\r\n'))).toBe(referenceIntegrity(treeOf(packages)))
  })

  test('does not exist without a lock', () => {
    expect(() => referenceIntegrity(folder)).toThrow(
      new ReferenceTreeError(`${path.join(folder, 'package-lock.json')} is missing; a reference is frozen by its lock`),
    )
  })
})

describe('a reference tree', () => {
  const verified = (tree: string) => () => verifyReference(tree, referenceIntegrity(tree))

  test('is right with the recorded lock and the packages of that lock, and may hold more', () => {
    expect(verified(treeOf(packages))).not.toThrow()
    expect(verified(treeOf({ 'node_modules/axios': axios }, packages))).not.toThrow()
  })

  test('is wrong with another lock than the recorded one, and says what to do', () => {
    const tree = treeOf(packages)
    expect(() => verifyReference(tree, 'sha512-recorded==')).toThrow(
      new ReferenceTreeError(
        `the lock of ${path.relative(process.cwd(), tree)} is not the one that the budgets were tuned against: ` +
          `expected sha512-recorded==, found ${referenceIntegrity(tree)}. The reference moves only by tuning; restore ` +
          'its package.json and package-lock.json, and keep update bots out of that folder.',
      ),
    )
  })

  test.each<[string, Packages, string]>([
    [
      'another version',
      { ...packages, 'node_modules/axios': { ...axios, version: '1.21.2' } },
      'node_modules/axios: expected 1.21.1, found 1.21.2',
    ],
    [
      'a package that is absent',
      { 'node_modules/axios': axios },
      'node_modules/follow-redirects: expected 1.16.0, found nothing',
    ],
    [
      'another package under the same version',
      { ...packages, 'node_modules/axios': { ...axios, integrity: 'sha512-cccc' } },
      'node_modules/axios: expected 1.21.1 with sha512-aaaa, found 1.21.1 with sha512-cccc',
    ],
  ])('is wrong when npm installed %s', (_, installed, difference) => {
    const tree = treeOf(packages, installed)
    expect(verified(tree)).toThrow(
      new ReferenceTreeError(
        `the installed reference tree does not match its lock: ${difference}. Run \`npm ci\` in ${tree}`,
      ),
    )
  })

  test('may lack what is optional', () => {
    expect(
      verified(treeOf({ ...packages, 'node_modules/fsevents': { version: '2.3.3', optional: true } }, packages)),
    ).not.toThrow()
  })

  test('that is not installed is wrong', () => {
    const tree = treeOf(packages)
    const note = path.join(tree, 'node_modules', '.package-lock.json')
    rmSync(note)
    expect(verified(tree)).toThrow(new ReferenceTreeError(`${note} is missing; run \`npm ci\` beside it`))
  })

  test('that is installed is not installed again', () => {
    const said: string[] = []
    installReference(treeOf(packages), (message) => said.push(message))
    expect(said).toEqual([])
  })

  test('is wrong as a matter of usage', () => {
    expect(new ReferenceTreeError('wrong').code).toBe('WIREGAUGE_USAGE')
  })
})
