import { describe, expect, test } from 'vitest'
import { syntaxTree } from './syntax-tree.ts'
import { loadsUnseen } from './unseen-loads.ts'

function unseenIn(text: string, file = 'a.ts'): boolean {
  const tree = syntaxTree(text, file)
  if (tree === undefined) throw new Error(`${text} does not parse`)
  return loadsUnseen(tree)
}

describe('a module loads nothing unseen', () => {
  test.each([
    ["import axios, { type AxiosInstance } from 'axios'\nexport * from './b.ts'"],
    ["import { request } from 'node:http'\nexport const get = () => request('http://127.0.0.1')"],
    ["const { Pool } = await import('undici')"],
    ["const axios = require('axios')"],
    ['const load = async () => await import(`./b.ts`)'],
    ["new Worker(new URL('./b.ts', import.meta.url), { name: 'b' })"],
    ["import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\nrequire('./b.cjs')"],
    ['export class Api { require = 1; eval() { return { Function: 1, resolve: import.meta.main } } }'],
  ])('%s', (text) => {
    expect(unseenIn(text)).toBe(false)
  })
})

describe('a module may load something unseen', () => {
  test.each([
    ['const load = (name: string) => import(name)'],
    ['const load = (name) => require(name)'],
    ['const load = require\nload("./b.cjs")'],
    ["import { createRequire } from 'node:module'\nconst load = createRequire(import.meta.url)"],
    ["import { readFileSync } from 'node:fs'"],
    ["const { readFile } = require('fs/promises')"],
    ["export { readFile } from 'fs/promises'"],
    ["import { inner } from '#inner'"],
    ["const file = import.meta.resolve('./b.ts')"],
    ['loadSync(import.meta.dirname)'],
    ['loadSync(__dirname)'],
    ["module.require('./b.cjs')"],
    ["process.getBuiltinModule('fs')"],
    ["new Worker('./b.js')"],
    ["const made = new Function('return 1')"],
    ['const api = { load: (name) => import(name) }'],
    ['class Api { load(name) { return import(name) } }'],
  ])('%s', (text) => {
    expect(unseenIn(text)).toBe(true)
  })
})
