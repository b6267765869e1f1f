import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireWritable, writeWhole } from './write-whole.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-whole-'))
  file = path.join(folder, 'latest.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file holds the text, in folders that are made, and nothing is beside it', () => {
  const deep = path.join(folder, 'deep', 'down', 'latest.json')
  writeWhole(deep, 'before')
  writeWhole(deep, 'text')
  expect(readFileSync(deep, 'utf8')).toBe('text')
  expect(readdirSync(path.dirname(deep))).toEqual(['latest.json'])
})

test('a text that is written only in part, as on a full disk, fails and leaves what was there', () => {
  writeFileSync(file, 'before')
  const program = `
    const { writeWhole } = await import(${JSON.stringify(new URL('./write-whole.ts', import.meta.url).href)})
    try {
      writeWhole(${JSON.stringify(file)}, 'x'.repeat(20_000))
    } catch ({ code }) {
      console.log(code)
    }`
  // Files end at 8 blocks of 512 bytes: one write is short, and the next fails.
  const shell = `ulimit -f 8 && exec "$0" --input-type=module -e "$1"`
  const { stdout } = spawnSync('sh', ['-c', shell, process.execPath, program], { encoding: 'utf8' })
  expect(stdout).toBe('EFBIG\n')
  expect(readFileSync(file, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['latest.json'])
})

test('what a link leads to is written, and keeps its permissions', () => {
  const link = path.join(folder, 'link')
  writeFileSync(file, 'before')
  chmodSync(file, 0o640)
  symlinkSync(file, link)
  writeWhole(link, 'text')
  expect(readFileSync(file, 'utf8')).toBe('text')
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
})

describe.each([
  ['written', (place: string) => writeWhole(place, 'text')],
  ['found to be writable', requireWritable],
])('nothing is %s, and nothing is left, where', (_, write) => {
  test.each([
    ['', 'it has no name'],
    ['taken', 'it is a folder'],
    ['taken/', 'it is a folder'],
    ['new/', 'it is a folder'],
    ['socket', 'it is no regular file, and would be replaced by one'],
  ])('a folder or something else stands: %j', async (name, problem) => {
    mkdirSync(path.join(folder, 'taken'))
    await using server = net.createServer().listen(path.join(folder, 'socket'))
    await once(server, 'listening')
    expect(() => write(name === '' ? '' : `${folder}/${name}`)).toThrow(problem)
    expect(readdirSync(folder).sort()).toEqual(['socket', 'taken'])
    expect(lstatSync(path.join(folder, 'socket')).isSocket()).toBe(true)
  })
})

test('finding out whether a file can be written leaves it as it is', () => {
  requireWritable(file)
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(file, 'before')
  requireWritable(file)
  expect(readFileSync(file, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['latest.json'])
})
