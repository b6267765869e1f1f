import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { measuringFlags } from './environment.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-library-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A tree with a package `counter`, which has an import of its own state. */
function treeWith(version: string): string {
  const tree = path.join(folder, version)
  const own = path.join(tree, 'node_modules', 'counter')
  mkdirSync(own, { recursive: true })
  writeFileSync(
    path.join(own, 'package.json'),
    JSON.stringify({ name: 'counter', version, exports: { '.': './main.mjs', './more': './more.mjs' } }),
  )
  writeFileSync(path.join(own, 'main.mjs'), `let count = 0\nexport const next = () => '${version}:' + ++count\n`)
  writeFileSync(path.join(own, 'more.mjs'), `export const more = 'more of ${version}'\n`)
  writeFileSync(path.join(tree, 'own.mjs'), `export const name = 'own of ${version}'\n`)
  writeFileSync(path.join(tree, 'broken.mjs'), `throw new Error('broken while loading')\n`)
  return tree
}

const one = treeWith('1.0.0')
const other = treeWith('2.0.0')

/** What a program prints as JSON in a process with the flags of a measuring one; `load` is `loadLibrary`. */
async function printedBy(program: string): Promise<unknown> {
  const module = new URL('./library.ts', import.meta.url).href
  const code = `const { loadLibrary: load } = await import(${JSON.stringify(module)})\n${program}`
  const { stdout } = await promisify(execFile)(process.execPath, [...measuringFlags, '--input-type=module', '-e', code])
  return JSON.parse(stdout)
}

test('two trees give two instances, each with its version, and one tree gives one', async () => {
  const printed = await printedBy(`
    const [a, b, again] = [
      await load('counter', ${JSON.stringify(one)}),
      await load('counter', ${JSON.stringify(other)}),
      await load('counter', ${JSON.stringify(one)}),
    ]
    console.log(JSON.stringify({
      versions: [a.version, b.version],
      counts: [a.namespace.next(), b.namespace.next(), again.namespace.next()],
      sameInstance: a.namespace === again.namespace,
    }))`)
  expect(printed).toEqual({
    versions: ['1.0.0', '2.0.0'],
    counts: ['1.0.0:1', '2.0.0:1', '1.0.0:2'],
    sameInstance: true,
  })
})

test('further entry points of a package come from the same tree', async () => {
  const printed = await printedBy(`
    const { namespace, version } = await load('counter', ${JSON.stringify(other)}, ['counter/more'])
    console.log(JSON.stringify([namespace.next(), namespace.more, version]))`)
  expect(printed).toEqual(['2.0.0:1', 'more of 2.0.0', '2.0.0'])
})

test('a path is resolved against the root of the tree and needs no version', async () => {
  const printed = await printedBy(`
    const { namespace, ...rest } = await load('./own.mjs', ${JSON.stringify(one)})
    console.log(JSON.stringify({ ...namespace, ...rest }))`)
  expect(printed).toEqual({ name: 'own of 1.0.0' })
})

test('a client that comes with Node needs no library', async () => {
  expect(await printedBy(`console.log(JSON.stringify(await load(undefined, '/nowhere')))`)).toEqual({})
})

test('what cannot be found or fails to load names library, tree, cause and what to do', async () => {
  const printed = await printedBy(`
    const failure = (library) => load(library, ${JSON.stringify(one)}).catch(({ code, message }) => ({ code, message }))
    console.log(JSON.stringify([await failure('missing'), await failure('./broken.mjs'), await failure('./gone.mjs')]))`)
  expect(printed).toEqual([
    {
      code: 'WIREGAUGE_USAGE',
      message:
        `missing could not be loaded from ${one}: Cannot find package 'missing' imported from ${one}/package.json. ` +
        'Install the packages of that tree with `npm ci`.',
    },
    {
      code: 'WIREGAUGE_USAGE',
      message:
        `./broken.mjs fails while it is loaded from ${one} with Node ${process.versions.node}: broken while loading. ` +
        'Take a version that loads on this Node.',
    },
    {
      code: 'WIREGAUGE_USAGE',
      message:
        `./gone.mjs could not be loaded from ${one}: Cannot find module '${one}/gone.mjs' imported from ` +
        `${new URL('./library.ts', import.meta.url).pathname}. ` +
        '`library` is the path of a file from the root of the project, with its extension, whose imports Node finds.',
    },
  ])
})
