import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, expect, test } from 'vitest'
import { clientCommand, ownCommand } from './own-command.ts'
import { shellWord } from './shell-text.ts'
import { hostileNamesFrom } from './test-hostile.ts'

const own = path.resolve(import.meta.dirname, '../../..')
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wiregauge-command-')))
afterAll(() => rmSync(folder, { recursive: true }))

/** A project in which a folder is installed as wiregauge. */
function projectWith(name: string, installed?: string): string {
  const modules = path.join(folder, name, 'node_modules')
  mkdirSync(path.join(modules, '.bin'), { recursive: true })
  if (installed === undefined) return path.join(folder, name)
  symlinkSync(installed, path.join(modules, 'wiregauge'))
  symlinkSync('../wiregauge/bin/wiregauge.js', path.join(modules, '.bin/wiregauge'))
  return path.join(folder, name)
}

/** Another package of the name. */
function stranger(): string {
  const root = path.join(folder, 'stranger')
  mkdirSync(path.join(root, 'bin'), { recursive: true })
  writeFileSync(path.join(root, 'bin/wiregauge.js'), '')
  return root
}

const environment = { WIREGAUGE_COMMAND: 'npx github:owner/wiregauge#abc' }

test('npx starts wiregauge in its own folder and where it is installed, also from a package below', () => {
  const project = projectWith('installed', own)
  const below = path.join(project, 'packages/app')
  mkdirSync(below, { recursive: true })
  for (const root of [own, project, below]) expect(ownCommand({ root, environment })).toBe('npx wiregauge')
})

test('elsewhere, and where another package has the name, it is what the action says, else the file that runs', () => {
  for (const root of [projectWith('without'), projectWith('other', stranger())]) {
    expect(ownCommand({ root, environment })).toBe('npx github:owner/wiregauge#abc')
    const command = ownCommand({ root, environment: {} })
    expect(command).toMatch(/^node [./].*\/bin\/wiregauge\.js$/)
    expect(path.resolve(root, command.slice('node '.length))).toBe(path.join(own, 'bin/wiregauge.js'))
  }
})

test('what the environment says is one line', () => {
  const root = projectWith('lines')
  expect(ownCommand({ root, environment: { WIREGAUGE_COMMAND: 'a\nb' } })).toBe('a\\u{a}b')
})

/** What a shell and the command make of a command. */
function parsed(command: string): unknown {
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
  let found: unknown
  const program = new Command().exitOverride()
  program
    .command('compare')
    .argument('[client...]')
    .requiredOption('--base <side>')
    .option('--chart')
    .action((clients: string[], options: object) => {
      found = { clients, ...options }
    })
  program.parse(words.slice(2), { from: 'user' })
  return found
}

test('every name is one argument for the shell, and no option', () => {
  const names = hostileNamesFrom(8, 40).filter((name) => !name.includes('\0'))
  for (const name of ['-rf', '--', '-', "it's", "'; touch x; '", ...names]) {
    const command = clientCommand('compare', name.toWellFormed(), [['--base', name.toWellFormed()], ['--chart']])
    expect(parsed(command)).toEqual({ clients: [name.toWellFormed()], base: name.toWellFormed(), chart: true })
  }
})

test('a client or a value that begins with a dash is told from an option', () => {
  expect(clientCommand('compare', '-rf', [['--base', '--help']])).toBe('npx wiregauge compare --base=--help -- -rf')
  expect(clientCommand('bisect', 'axios', [['--good', '1.0.0'], ['--chart']])).toBe(
    'npx wiregauge bisect axios --good 1.0.0 --chart',
  )
})

test('a quote within a word is closed, escaped and opened again', () => {
  expect(shellWord("a'b''c")).toBe("'a'\\''b'\\'''\\''c'")
  expect(shellWord('axios@1.20.0')).toBe('axios@1.20.0')
  expect(shellWord('')).toBe("''")
})
