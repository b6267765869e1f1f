import { expect, test, vi } from 'vitest'
import { exportsName } from './exported-names.ts'
import { nodesIn, runsAlike, syntaxTree } from './syntax-tree.ts'

const send = 'export const send = (count: number): number => count + 1n\n'

test.each([
  ['comments', `/** Sends. */\n${send}`],
  ['types', send.replace(': number =>', ': bigint =>')],
  ['interfaces and types that are imported', `import type { A } from './a.ts'\ninterface B {}\n${send}`],
  ['white space', send.replaceAll(' ', '  ')],
  ['line ends', send.replaceAll('\n', '\r\n')],
])('a file runs alike with other %s', (_, text) => {
  expect(runsAlike(send, text, 'send.ts')).toBe(true)
})

test.each([
  ['number', send.replace('1n', '2n')],
  ['operator', send.replace('+', '-')],
  ['import', `import './other.ts'\n${send}`],
  ['import without names', `import { type A } from './other.ts'\n${send}`],
  ['regular expression', send.replace('1n', '/a/.test("b")')],
])('a file does not run alike with another %s', (_, text) => {
  expect(runsAlike(send, text, 'send.ts')).toBe(false)
})

test('a line break that ends a statement counts', () => {
  expect(runsAlike('function f() { return 1 }', 'function f() { return\n1 }', 'f.js')).toBe(false)
})

test('what does not parse, and what is no source text, runs alike only when it is the same', () => {
  expect(runsAlike('enum A { b }', 'enum A { b } // c', 'a.ts')).toBe(false)
  expect(runsAlike('{ "a": 1 }', '{ "a":1 }', 'a.json')).toBe(false)
  expect(runsAlike('{}\r\n', '{}\n', 'a.json')).toBe(true)
})

test('CommonJS and command files parse', () => {
  expect(syntaxTree('#!/usr/bin/env node\nreturn 1', 'a.cjs')).toBeDefined()
  expect(syntaxTree('return 1', 'a.mjs')).toBeUndefined()
})

test('nothing is warned of', () => {
  const warn = vi.spyOn(process, 'emitWarning')
  expect(syntaxTree(send, 'send.ts')).toBeDefined()
  expect(warn).not.toHaveBeenCalled()
  expect(process.emitWarning).toBe(warn)
  warn.mockRestore()
})

test('all nodes are found, from outside to inside', () => {
  const tree = syntaxTree('f(1)', 'a.js')
  const found = tree === undefined ? [] : [...nodesIn(tree)].map(({ type }) => type)
  expect(found).toEqual(['Program', 'ExpressionStatement', 'CallExpression', 'Identifier', 'Literal'])
})

test.each([
  ['export const axios = 1', true],
  ['export const { axios } = x', true],
  ['export function axios() {}', true],
  ['export class axios {}', true],
  ['const a = 1\nexport { a as axios }', true],
  ['export { a as axios } from "./a.js"', true],
  ['export * as axios from "./a.js"', true],
  ['export * from "./a.js"', true],
  ['const axios = 1\nexport default axios', false],
  ['export const other = 1, third = 2', false],
  ['export * as other from "./a.js"', false],
])('whether axios is exported by %j: %s', (text, exported) => {
  const tree = syntaxTree(text, 'a.js')
  expect(tree && exportsName(tree, 'axios')).toBe(exported)
})
