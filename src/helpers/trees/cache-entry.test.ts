import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cacheEntry, publish } from './cache-entry.ts'
import { takeInventory } from './half-installed.ts'

const digest = 'ab'.repeat(32)
const folder = mkdtempSync(path.join(tmpdir(), 'wiregauge-entry-'))
afterAll(() => rmSync(folder, { recursive: true }))

let caches = 0

function emptyCache(): { readonly cache: string; readonly temporary: string } {
  const cache = path.join(folder, String(caches++))
  const temporary = path.join(cache, 'temporary')
  mkdirSync(temporary, { recursive: true })
  return { cache, temporary }
}

/** A tree with one file, whole. */
function treeAt(root: string, text: string): string {
  mkdirSync(root, { recursive: true })
  writeFileSync(path.join(root, 'file'), text)
  takeInventory(root)
  return root
}

const textIn = (root: string): string => readFileSync(path.join(root, 'file'), 'utf8')

describe('a tree that is put in its place', () => {
  test('is whole there, where nothing was', () => {
    const { cache, temporary } = emptyCache()
    const { root, state } = cacheEntry(cache, digest)
    expect(state).toBe('absent')
    // Optional packages depend on both, and containers share caches.
    expect(path.basename(root)).toBe(`${digest.slice(0, 32)}-${process.platform}-${process.arch}`)
    publish(treeAt(path.join(temporary, 'fresh'), 'mine'), root, temporary)
    expect(cacheEntry(cache, digest)).toEqual({ root, state: 'whole' })
    expect(textIn(root)).toBe('mine')
  })

  test('gives way to that of another process that was faster', () => {
    const { cache, temporary } = emptyCache()
    const { root } = cacheEntry(cache, digest)
    treeAt(root, 'theirs')
    publish(treeAt(path.join(temporary, 'fresh'), 'mine'), root, temporary)
    expect(textIn(root)).toBe('theirs')
  })

  test('takes the place of a damaged one', () => {
    const { cache, temporary } = emptyCache()
    const { root } = cacheEntry(cache, digest)
    writeFileSync(path.join(treeAt(root, 'theirs'), 'file'), '')
    expect(cacheEntry(cache, digest)).toEqual({ root, state: 'damaged', damage: 'file has 0 bytes instead of 6' })
    publish(treeAt(path.join(temporary, 'fresh'), 'mine'), root, temporary)
    expect(textIn(root)).toBe('mine')
  })

  test('takes the place of a link that leads nowhere', () => {
    const { cache, temporary } = emptyCache()
    const { root } = cacheEntry(cache, digest)
    mkdirSync(path.dirname(root), { recursive: true })
    symlinkSync(path.join(cache, 'nowhere'), root)
    expect(cacheEntry(cache, digest)).toEqual({ root, state: 'damaged', damage: 'its list of files is missing' })
    publish(treeAt(path.join(temporary, 'fresh'), 'mine'), root, temporary)
    expect(textIn(root)).toBe('mine')
  })

  test('is an error when it is not there itself', () => {
    const { cache, temporary } = emptyCache()
    const { root } = cacheEntry(cache, digest)
    expect(() => publish(path.join(temporary, 'nothing'), root, temporary)).toThrow('ENOENT')
    expect(existsSync(root)).toBe(false)
  })
})
