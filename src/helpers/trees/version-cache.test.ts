// @module-tag wide
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startRegistry } from './test-registry.ts'
import { inTree, type TestCache, testCache, testPackages } from './test-version-cache.ts'

// npm takes its time to start, on a busy machine the more.
vi.setConfig({ testTimeout: 120_000 })

let cache: TestCache
beforeEach(async () => {
  cache = await testCache()
})
afterEach(async () => await cache[Symbol.asyncDispose]())

describe('a tree of versions', () => {
  test('holds the packages and what they need, without having run their install scripts', async () => {
    const tree = await cache.open({ client: '1.1.0', '@scope/other': '^3.0.0' })
    expect(tree.versions).toEqual({ client: '1.1.0', '@scope/other': '3.0.0' })
    expect(readFileSync(inTree(tree, 'client', 'index.js'), 'utf8')).toBe('module.exports = "1.1.0"\n')
    expect(existsSync(inTree(tree, 'needed', 'lib', 'deep.js'))).toBe(true)
    expect(existsSync(inTree(tree, '@scope', 'other', 'package.json'))).toBe(true)
    const lock = readFileSync(path.join(tree.root, 'package-lock.json'))
    expect(tree.lockDigest).toBe(createHash('sha256').update(lock).digest('hex'))
    expect(cache.said).toEqual([
      'asking the registry for client@1.1.0, @scope/other@^3.0.0',
      'installing client@1.1.0, @scope/other@3.0.0',
    ])
    expect(cache.left()).toEqual([])
  })

  test('has no commands, which nobody would start', async () => {
    cache.registry.publish({ command: { '1.0.0': { bin: { command: 'index.js' } } } })
    const tree = await cache.open({ command: '1.0.0' })
    expect(readdirSync(inTree(tree)).toSorted()).toEqual(['.package-lock.json', 'command'])
  })

  test('is asked for with patience where there is nothing to fall back on, and else with little', async () => {
    const npm = cache.standIn(`
      require('node:fs').appendFileSync(__filename + '.log', process.argv.slice(2).join(' ') + '\\n')
      const { spawnSync } = require('node:child_process')
      process.exitCode = spawnSync('npm', process.argv.slice(2), { stdio: 'inherit' }).status`)
    await cache.open({ client: '1.0.0' }, { npm })
    await cache.open({ client: '1.0.0' }, { npm })
    const asked = readFileSync(`${npm.command}.log`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('install '))
    expect(asked.map((line) => /--fetch-retries=1\b/.test(line) && /--fetch-timeout=\d/.test(line))).toEqual([
      false,
      true,
    ])
  })

  test('is installed once, whatever name it is asked for by', async () => {
    const first = await cache.open({ client: '1.1.0' })
    const again = [
      await cache.open({ client: '1.1.0' }),
      await cache.open({ client: '~1.1.0' }),
      await cache.open({ client: '<2' }),
    ]
    expect(again).toEqual([first, first, first])
    expect(cache.said.filter((message) => message.startsWith('installing'))).toEqual(['installing client@1.1.0'])
    expect(cache.registry.requests.filter((request) => request.endsWith('.tgz'))).toHaveLength(2)
  })

  test('is another when what a package needs was published anew', async () => {
    const before = await cache.open({ client: '1.0.0' })
    cache.registry.publish({ needed: { ...testPackages.needed, '2.1.0': {} } })
    cache.forget()
    const after = await cache.open({ client: '1.0.0' })
    expect(after.root).not.toBe(before.root)
    expect(readFileSync(inTree(before, 'needed', 'index.js'), 'utf8')).toContain('2.0.0')
    expect(readFileSync(inTree(after, 'needed', 'index.js'), 'utf8')).toContain('2.1.0')
  })

  test('is the same from two registries that hold the same', async () => {
    await using mirror = await startRegistry(testPackages)
    const first = await cache.open({ client: '1.0.0' })
    expect(await cache.open({ client: '1.0.0' }, { npm: cache.user.npm(mirror.url) })).toEqual(first)
  })

  test('may be asked for by two at once, and one is used', async () => {
    const [first, second] = await Promise.all([cache.open({ client: '1.0.0' }), cache.open({ client: '1.0.0' })])
    expect(second).toEqual(first)
    expect(cache.trees()).toHaveLength(1)
    expect(cache.left()).toEqual([])
  })

  test('does not depend on settings of the user that would change what npm writes', async () => {
    const npm = cache.user.npm(cache.registry.url)
    const plain = await cache.open({ client: '1.1.0' })
    writeFileSync(
      path.join(cache.user.home, '.npmrc'),
      'package-lock=false\ninstall-strategy=nested\ndry-run=true\nloglevel=silent\nomit=optional\nignore-scripts=false\n',
    )
    rmSync(path.join(cache.user.cache, 'trees'), { recursive: true })
    expect(await cache.open({ client: '1.1.0' }, { npm })).toEqual(plain)
    expect(existsSync(inTree(plain, 'needed', 'package.json'))).toBe(true)
  })

  test('comes from the registry that the project is configured for, of whose settings nothing stays', async () => {
    const npm = cache.user.npm('http://127.0.0.1:9')
    const { npm_config_registry: _, ...environment } = npm.environment
    writeFileSync(path.join(npm.project, '.npmrc'), `registry=${cache.registry.url}\n`)
    const tree = await cache.open({ client: '1.0.0' }, { npm: { ...npm, environment } })
    expect(existsSync(path.join(tree.root, '.npmrc'))).toBe(false)
    expect(existsSync(path.join(npm.project, '.npmrc'))).toBe(true)
  })
})

describe('a tree that is damaged', () => {
  test('is installed anew in its place', async () => {
    const tree = await cache.open({ client: '1.0.0' })
    truncateSync(inTree(tree, 'client', 'index.js'), 3)
    expect(await cache.open({ client: '1.0.0' })).toEqual(tree)
    expect(cache.said.slice(2)).toEqual([
      'installing client@1.0.0 anew, for in the cache node_modules/client/index.js has 3 bytes instead of 25',
    ])
    expect(readFileSync(inTree(tree, 'client', 'index.js'), 'utf8')).toBe('module.exports = "1.0.0"\n')
    expect(cache.left()).toEqual([])
  })

  test('is repaired by two at once', async () => {
    const tree = await cache.open({ client: '1.0.0' })
    rmSync(inTree(tree, 'needed'), { recursive: true })
    expect(await Promise.all([cache.open({ client: '1.0.0' }), cache.open({ client: '1.0.0' })])).toEqual([tree, tree])
    expect(existsSync(inTree(tree, 'needed', 'package.json'))).toBe(true)
    expect(cache.left()).toEqual([])
  })

  test('is repaired without the network from what npm has kept', async () => {
    const tree = await cache.open({ client: '1.0.0' })
    await cache.registry.goDown()
    rmSync(inTree(tree, 'client'), { recursive: true })
    expect(await cache.open({ client: '1.0.0' })).toEqual(tree)
    expect(existsSync(inTree(tree, 'client', 'package.json'))).toBe(true)
  })

  test('and cannot be repaired is an error that says so', async () => {
    const tree = await cache.open({ client: '1.0.0' })
    await cache.registry.goDown()
    rmSync(inTree(tree, 'client'), { recursive: true })
    cache.forget()
    await expect(cache.open({ client: '1.0.0' })).rejects.toMatchObject({
      code: 'WIREGAUGE_REGISTRY_UNREACHABLE',
      message: expect.stringContaining('could not be asked for client@1.0.0, which is not whole in the cache'),
    })
    expect(cache.left()).toEqual([])
  })
})

describe('the cache', () => {
  test('gets rid of what killed processes left, and leaves alone what others are at', async () => {
    const here = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
    const ended = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))
    const names = {
      killed: `${ended}-${here}-aaaaaa`,
      running: `${process.ppid}-${here}-bbbbbb`,
      elsewhere: `${ended}-00000000-cccccc`,
      old: `${ended}-00000000-dddddd`,
    }
    for (const name of Object.values(names))
      mkdirSync(path.join(cache.user.cache, 'temporary', name, 'fresh'), { recursive: true })
    utimesSync(path.join(cache.user.cache, 'temporary', names.old), 0, 0)
    await cache.open({ client: '1.0.0' })
    expect(cache.left().toSorted()).toEqual([names.elsewhere, names.running].sort())
  })
})
