// @module-tag wide
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { projectAt } from '../../../helpers/trees/project.ts'
import { type TestFolder, testFolder } from '../../../helpers/trees/test-folder.ts'
import { type TestUser, testUser } from '../../../helpers/trees/test-npm.ts'
import { startRegistry, type TestRegistry } from '../../../helpers/trees/test-registry.ts'
import { candidateTree } from './candidate-tree.ts'

// npm takes its time to start, on a busy machine the more.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let registry: TestRegistry
let user: TestUser
let folder: TestFolder

/** A project that has client 2.0.0 and its needed 1.2.0, while 1.9.0 was published since; its reference has client 1.0.0. */
beforeEach(async () => {
  registry = await startRegistry({
    client: { '1.0.0': { dependencies: { needed: '^1.0.0' } }, '2.0.0': { dependencies: { needed: '^1.0.0' } } },
    needed: { '1.0.0': {}, '1.2.0': {} },
    other: { '3.0.0': {} },
  })
  user = testUser()
  folder = testFolder()
  await install('.', { client: '2.0.0' })
  registry.publish({ needed: { '1.0.0': {} } })
  await install('perf/reference', { client: '1.0.0', other: '3.0.0' })
  registry.publish({ needed: { '1.0.0': {}, '1.2.0': {}, '1.9.0': {} } })
})
afterEach(async () => {
  folder[Symbol.dispose]()
  user[Symbol.dispose]()
  await registry[Symbol.asyncDispose]()
})

async function install(place: string, dependencies: Readonly<Record<string, string>>): Promise<void> {
  folder.write(path.join(place, 'package.json'), { name: 'installed', private: true, dependencies })
  await promisify(execFile)('npm', ['install', '--omit-lockfile-registry-resolved', '--no-audit', '--no-fund'], {
    cwd: path.join(folder.root, place),
    env: user.npm(registry.url).environment,
  })
}

const open = (name: string, version: string) =>
  candidateTree([{ name, version }], projectAt(folder.root), {
    say: () => {},
    signal: new AbortController().signal,
    npm: user.npm(registry.url),
  })
const versionIn = (tree: string, name: string): string =>
  JSON.parse(readFileSync(path.join(tree, 'node_modules', name, 'package.json'), 'utf8')).version
const leftIn = (place: string) => {
  const full = path.join(folder.root, place)
  return existsSync(full) ? readdirSync(full) : []
}

describe('a reference that is to be moved', () => {
  test('is installed beside the old one as the project has it, whatever was published since', async () => {
    let tree: string
    {
      using candidate = await open('client', '2.0.0')
      tree = candidate.tree
      expect(candidate.packages).toEqual([
        { name: 'client', from: '1.0.0', to: '2.0.0' },
        { name: 'needed', from: '1.0.0', to: '1.2.0' },
      ])
      expect(['client', 'needed', 'other'].map((name) => versionIn(tree, name))).toEqual(['2.0.0', '1.2.0', '3.0.0'])
      const { dependencies } = JSON.parse(readFileSync(path.join(tree, 'package.json'), 'utf8'))
      expect(dependencies).toEqual({ client: '2.0.0', other: '3.0.0' })
      expect(readFileSync(path.join(tree, 'package-lock.json'), 'utf8')).not.toContain('"resolved"')
    }
    expect(existsSync(tree)).toBe(false)
    expect(leftIn('reports')).toEqual([])
    expect(versionIn(projectAt(folder.root).referenceTree, 'client')).toBe('1.0.0')
  })

  test.each([
    ['a package that it has not', 'needed', '1.2.0', 'the reference has no needed; it has client, other'],
    [
      'a version that the project has not',
      'client',
      '1.5.0',
      'the project has client 2.0.0, and a reference moves to what the project has; run `npm install client@1.5.0` first, or move it to what is there',
    ],
  ])('is not moved to %s', async (_, name, version, message) => {
    await expect(open(name, version)).rejects.toMatchObject({ code: 'WIREGAUGE_USAGE', message })
    expect(leftIn('reports')).toEqual([])
  })

  test('is not moved to what it has', async () => {
    registry.publish({ needed: { '1.0.0': {}, '1.2.0': {} } })
    rmSync(path.join(folder.root, 'perf/reference'), { recursive: true })
    await install('perf/reference', { client: '2.0.0' })
    await expect(open('client', '2.0.0')).rejects.toMatchObject({
      message: 'the reference has client@2.0.0 already, with the same packages below it; there is nothing to move',
    })
  })

  test('is not moved where what is installed is not what the lock of the project says', async () => {
    folder.write('node_modules/needed/edited.js', '')
    await expect(open('client', '2.0.0')).rejects.toMatchObject({
      message: 'a reference with client would not be what the project has installed; run `npm ci`, and try again',
    })
    expect(leftIn('reports')).toEqual([])
  })

  test('leaves nothing behind where npm fails', async () => {
    await registry.goDown()
    rmSync(path.join(user.home, '.npm'), { recursive: true })
    await expect(open('client', '2.0.0')).rejects.toMatchObject({ code: 'WIREGAUGE_REGISTRY_UNREACHABLE' })
    expect(leftIn('reports')).toEqual([])
  })

  test('moves what others share with it where that is what the project has', async () => {
    registry.publish({ other: { '3.0.0': {}, '4.0.0': { dependencies: { needed: '^1.0.0' } } } })
    await install('.', { client: '2.0.0', other: '4.0.0' })
    registry.publish({ needed: { '1.0.0': {} } })
    rmSync(path.join(folder.root, 'perf/reference'), { recursive: true })
    await install('perf/reference', { client: '1.0.0', other: '4.0.0' })
    registry.publish({ needed: { '1.0.0': {}, '1.2.0': {} } })
    using candidate = await open('client', '2.0.0')
    expect(candidate.packages.map(({ name }) => name)).toEqual(['client', 'needed'])
    expect(versionIn(candidate.tree, 'needed')).toBe('1.2.0')
  })
})
