import { describe, expect, test } from 'vitest'
import { matched } from './matched.ts'
import { cpuProfileOf, frameOf } from './test-profile.ts'
import { timesOf } from './test-side.ts'

type Files = Readonly<Record<string, string>>

/** A side whose functions of the package `toy` had samples for 100 µs each, with the sources of its files. */
function sideOf(root: string, sampled: readonly (readonly [name: string, file: string])[], files: Files = {}) {
  const folder = `${root}/node_modules/toy`
  const frames = sampled.map(([name, file]) => {
    const lines = (files[file] ?? '').split('\n')
    const line = Math.max(
      0,
      lines.findIndex((text) => text.includes(`${name}(`)),
    )
    return [
      frameOf(name, `file://${folder}/${file}`, line + 1, (lines[line] ?? '').indexOf(`${name}(`) + 1),
      100,
    ] as const
  })
  const paths = Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text])
  return timesOf({ root, files: Object.fromEntries(paths) }, cpuProfileOf(frames))
}

/** What is known of the base for every function of the head. */
function foundIn(base: ReturnType<typeof sideOf>, head: ReturnType<typeof sideOf>) {
  return matched(base, head).map(({ head: { name, file }, base: before, baseLocation, isNew }) => ({
    now: `${name} ${file}`,
    spent: before?.perRequest,
    at: baseLocation,
    isNew,
  }))
}

describe('a function of the head', () => {
  test('is matched with that in a file which moved', () => {
    const base = sideOf('/base', [['parse', 'lib/client.js']])
    const head = sideOf('/head', [['parse', 'lib/dispatcher/client-h1.js']])
    expect(foundIn(base, head)).toEqual([
      { now: 'parse lib/dispatcher/client-h1.js', spent: 10, at: 'lib/client.js:1', isNew: false },
    ])
  })

  test('is matched with that in a bundle which has another name', () => {
    const base = sideOf('/base', [['parse', 'dist/chunk-AAA.js']])
    const head = sideOf('/head', [['parse', 'dist/chunk-BBB.js']])
    expect(foundIn(base, head)).toMatchObject([{ spent: 10, at: 'dist/chunk-AAA.js:1' }])
  })

  test('is matched with that on the closest path where several moved', () => {
    const base = sideOf('/base', [
      ['parse', 'old/web/parser.js'],
      ['parse', 'old/core/parser.js'],
    ])
    const head = sideOf('/head', [
      ['parse', 'new/core/parser.js'],
      ['parse', 'new/web/parser.js'],
    ])
    expect(foundIn(base, head)).toMatchObject([{ at: 'old/core/parser.js:1' }, { at: 'old/web/parser.js:1' }])
  })

  test('is not matched with another of its name that both versions have', () => {
    const files = { 'a.js': '\nfunction get() {}', 'b.js': 'function get() {}' }
    const base = sideOf('/base', [['get', 'a.js']], files)
    const head = sideOf('/head', [['get', 'b.js']], files)
    expect(foundIn(base, head)).toEqual([{ now: 'get b.js', spent: undefined, at: 'b.js:1', isNew: false }])
  })

  test('without a sample in the base is looked up in its source', () => {
    const base = sideOf('/base', [['send', 'a.js']], { 'a.js': 'function send() {}\nfunction parse() {}' })
    const head = sideOf('/head', [['parse', 'a.js']], { 'a.js': 'function parse() {}' })
    expect(foundIn(base, head)).toEqual([{ now: 'parse a.js', spent: undefined, at: 'a.js:2', isNew: false }])
  })

  test('without a sample in the base is looked up in the files that it may have moved from', () => {
    const base = sideOf('/base', [['send', 'a.js']], {
      'a.js': 'function send() {}',
      'old.js': '\nfunction parse() {}',
    })
    const head = sideOf('/head', [['parse', 'new.js']], { 'a.js': '', 'new.js': 'function parse() {}' })
    expect(foundIn(base, head)).toEqual([{ now: 'parse new.js', spent: undefined, at: 'old.js:2', isNew: false }])
  })

  test('is new where no source of the base has it, although another of its name stays', () => {
    const base = sideOf('/base', [['get', 'a.js']], { 'a.js': 'function get() {}', 'b.js': '' })
    const head = sideOf('/head', [['get', 'b.js']], { 'a.js': 'function get() {}', 'b.js': 'function get() {}' })
    expect(foundIn(base, head)).toEqual([{ now: 'get b.js', spent: undefined, at: undefined, isNew: true }])
  })

  test('is not said to be new where the source cannot be had', () => {
    const head = sideOf('/head', [['parse', 'a.js']], { 'a.js': 'function parse() {}' })
    expect(foundIn(sideOf('/base', []), head)).toMatchObject([{ at: undefined, isNew: false }])
    const unreadable = sideOf('/base', [], { 'a.js': 'type A = {' })
    expect(foundIn(unreadable, head)).toMatchObject([{ at: undefined, isNew: false }])
  })
})
