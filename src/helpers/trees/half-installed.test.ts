import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { damageOf, lackingOf, takeInventory } from './half-installed.ts'

const root = mkdtempSync(path.join(tmpdir(), 'wiregauge-half-'))
afterAll(() => rmSync(root, { recursive: true }))

let trees = 0

function tree(): string {
  const folder = path.join(root, String(trees++))
  const deep = path.join(folder, 'node_modules', 'axios', 'lib')
  mkdirSync(deep, { recursive: true })
  writeFileSync(path.join(deep, 'axios.js'), 'export {}\n')
  writeFileSync(path.join(deep, '..', 'package.json'), '{"version":"1.20.0"}')
  return folder
}

describe('a tree with an inventory', () => {
  test('is whole as it was, and with more', () => {
    const folder = tree()
    takeInventory(folder)
    expect(damageOf(folder)).toBeUndefined()
    writeFileSync(path.join(folder, 'more'), '')
    expect(damageOf(folder)).toBeUndefined()
  })

  test.each<[string, (at: (name: string) => string) => void, string]>([
    [
      'a file is gone',
      (at) => rmSync(at('node_modules/axios/lib/axios.js')),
      'node_modules/axios/lib/axios.js is missing',
    ],
    [
      'a file was cut short',
      (at) => truncateSync(at('node_modules/axios/lib/axios.js'), 3),
      'node_modules/axios/lib/axios.js has 3 bytes instead of 10',
    ],
    [
      'a file has grown',
      (at) => appendFileSync(at('node_modules/axios/lib/axios.js'), 'more'),
      'node_modules/axios/lib/axios.js has 14 bytes instead of 10',
    ],
    [
      'a package is gone',
      (at) => rmSync(at('node_modules/axios'), { recursive: true }),
      'node_modules/axios/lib/axios.js is missing',
    ],
    [
      'a file stands where a folder was',
      (at) => {
        rmSync(at('node_modules'), { recursive: true })
        writeFileSync(at('node_modules'), '')
      },
      'node_modules/axios/lib/axios.js is missing',
    ],
    [
      'the inventory was cut short',
      (at) => truncateSync(at('.wiregauge-files.json'), 5),
      'its list of files is missing',
    ],
    [
      'the inventory holds nothing',
      (at) => writeFileSync(at('.wiregauge-files.json'), 'null'),
      'its list of files is missing',
    ],
    [
      'the inventory has no files',
      (at) => writeFileSync(at('.wiregauge-files.json'), '{}'),
      'its list of files is missing',
    ],
    ['the inventory is gone', (at) => rmSync(at('.wiregauge-files.json')), 'its list of files is missing'],
  ])('is damaged when %s', (_, harm, damage) => {
    const folder = tree()
    takeInventory(folder)
    harm((name) => path.join(folder, name))
    expect(damageOf(folder)).toBe(damage)
  })
})

describe('a fresh installation', () => {
  const axios = { 'node_modules/axios': { version: '1.20.0' } }

  test('lacks nothing with the packages of its lock', () => {
    expect(lackingOf(tree(), { '': {}, ...axios })).toBeUndefined()
  })

  test('may lack what is optional', () => {
    const fsevents = { 'node_modules/fsevents': { version: '2.3.3', optional: true } }
    expect(lackingOf(tree(), { ...axios, ...fsevents })).toBeUndefined()
  })

  test('lacks a package that is not there', () => {
    expect(lackingOf(tree(), { ...axios, 'node_modules/form-data': { version: '4.0.0' } })).toBe(
      'node_modules/form-data should be 4.0.0 and is not there',
    )
  })

  test('lacks nothing where a package was published with a v before its version, which npm leaves out', () => {
    const folder = tree()
    writeFileSync(path.join(folder, 'node_modules', 'axios', 'package.json'), '{"version":"v1.20.0"}')
    expect(lackingOf(folder, axios)).toBeUndefined()
  })

  test('lacks a package that is there in another version, or cannot be read', () => {
    const folder = tree()
    expect(lackingOf(folder, { 'node_modules/axios': { version: '1.21.0' } })).toBe(
      'node_modules/axios should be 1.21.0 and is 1.20.0',
    )
    expect(lackingOf(folder, { 'node_modules/axios': { version: '1.21.0', optional: true } })).toBe(
      'node_modules/axios should be 1.21.0 and is 1.20.0',
    )
    truncateSync(path.join(folder, 'node_modules', 'axios', 'package.json'))
    expect(lackingOf(folder, axios)).toBe('node_modules/axios should be 1.20.0 and is unreadable')
  })
})
