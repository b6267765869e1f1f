// @module-tag wide
import { once } from 'node:events'
import { readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TestCache, testCache } from './test-version-cache.ts'

// npm takes its time to start, on a busy machine the more.
vi.setConfig({ testTimeout: 120_000 })

let cache: TestCache
beforeEach(async () => {
  cache = await testCache()
})
afterEach(async () => await cache[Symbol.asyncDispose]())

describe('without the network', () => {
  test('a tree of the cache is used, and it is said from when', async () => {
    const tree = await cache.open({ client: '<2' })
    const [note = ''] = readdirSync(path.join(cache.user.cache, 'asked'))
    const day = new Date('2026-03-01T12:00:00Z')
    utimesSync(path.join(cache.user.cache, 'asked', note), day, day)
    cache.forget()
    await cache.registry.goDown()
    expect(await cache.open({ client: '<2' })).toEqual(tree)
    expect(cache.said.slice(2)).toEqual([
      'the registry cannot be reached (ECONNREFUSED); client@<2 is taken for what it was on 2026-03-01: client@1.1.0',
    ])
  })

  test('what is not in the cache is an error, and works once the network is back', async () => {
    await cache.registry.goDown()
    await expect(cache.open({ client: '1.0.0' })).rejects.toMatchObject({
      name: 'RegistryUnreachableError',
      message: expect.stringMatching(
        /^the registry could not be asked for client@1\.0\.0, which is not whole in the cache: .*ECONNREFUSED.* \(ECONNREFUSED\)\. Connect to the network/,
      ),
    })
    // Before npm gives up, which takes it a minute or more.
    expect(cache.said).toEqual(['asking the registry for client@1.0.0'])
    expect(cache.left()).toEqual([])
    await cache.registry.comeBack()
    expect((await cache.open({ client: '1.0.0' })).versions).toEqual({ client: '1.0.0' })
  })

  test('an answer that was kept and cannot be read counts for nothing', async () => {
    await cache.open({ client: '1.0.0' })
    const [note = ''] = readdirSync(path.join(cache.user.cache, 'asked'))
    truncateSync(path.join(cache.user.cache, 'asked', note), 10)
    cache.forget()
    await cache.registry.goDown()
    await expect(cache.open({ client: '1.0.0' })).rejects.toThrow('the registry could not be asked for client@1.0.0')
  })
})

describe('what cannot be installed', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'an unknown version',
      { client: '7.7.7' },
      'client@7.7.7 is not a published version: No matching version found for',
    ],
    [
      'a version that needs an unknown one',
      { client: '2.0.0' },
      'needed@^9.0.0, which client@2.0.0 needs, is not a published version',
    ],
    ['an unknown package', { nosuch: '1.0.0' }, 'nosuch@1.0.0 is not in the registry that npm is configured for'],
  ])('%s is a usage error', async (_, asked, message) => {
    await expect(cache.open(asked)).rejects.toMatchObject({
      code: 'WIREGAUGE_USAGE',
      message: expect.stringContaining(message),
    })
    expect(cache.left()).toEqual([])
    expect(cache.trees()).toEqual([])
  })

  test('a name or version that is none is a usage error, and nobody is asked', async () => {
    await expect(cache.open({ client: '../client' })).rejects.toThrow('"../client" is not a version of client')
    expect(cache.registry.requests).toEqual([])
  })

  test('a version that was unpublished since is an unknown one, with its tree in the cache, too', async () => {
    await cache.open({ client: '1.1.0' })
    cache.registry.publish({ client: { '1.0.0': {} } })
    cache.forget()
    await expect(cache.open({ client: '1.1.0' })).rejects.toThrow('client@1.1.0 is not a published version')
  })

  test('nothing is with a full disk, even when npm itself counts that for a success', async () => {
    const whole = await cache.open({ client: '1.0.0' })
    const npm = cache.standIn(`
      const { spawnSync } = require('node:child_process')
      const real = spawnSync('npm', process.argv.slice(2), { stdio: 'inherit' })
      if (process.argv[2] === 'ci') {
        require('node:fs').truncateSync('node_modules/client/index.js')
        console.error('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write')
      }
      process.exitCode = real.status`)
    await expect(cache.open({ client: '1.1.0' }, { npm })).rejects.toMatchObject({
      code: 'WIREGAUGE_DISK_FULL',
      message: expect.stringContaining('the disk was full while client@1.1.0 was installed into'),
    })
    expect(cache.left()).toEqual([])
    expect(cache.trees()).toEqual([path.basename(whole.root)])
    expect(await cache.open({ client: '1.0.0' })).toEqual(whole)
  })

  test('a tree from which npm silently left something out is none', async () => {
    const npm = cache.standIn(`
      const { spawnSync } = require('node:child_process')
      spawnSync('npm', process.argv.slice(2), { stdio: 'inherit' })
      if (process.argv[2] === 'ci') require('node:fs').rmSync('node_modules/needed', { recursive: true })`)
    await expect(cache.open({ client: '1.0.0' }, { npm })).rejects.toThrow(
      'npm left something out with client@1.0.0: node_modules/needed should be 2.0.0 and is not there.',
    )
    expect(cache.trees()).toEqual([])
  })

  test('npm that cannot be started is named', async () => {
    const npm = { ...cache.user.npm(cache.registry.url), command: path.join(cache.user.home, 'nowhere') }
    await expect(cache.open({ client: '1.0.0' }, { npm })).rejects.toMatchObject({
      code: 'WIREGAUGE_NPM_MISSING',
      message: expect.stringContaining('nowhere could not be started, which published versions are installed with'),
    })
    expect(cache.left()).toEqual([])
  })

  test('a cache that is no folder is named, with the way out', async () => {
    const file = path.join(cache.user.home, 'file')
    writeFileSync(file, '')
    await expect(cache.open({ client: '1.0.0' }, { cache: file })).rejects.toMatchObject({
      code: 'WIREGAUGE_USAGE',
      message: expect.stringContaining(`${file} cannot be used as cache for installed versions: EEXIST`),
    })
  })
})

describe('an installation that is given up', () => {
  test.each([
    ['resolved', /^\/client$/],
    ['fetched', /needed.*tgz$/],
  ])('while something is %s leaves nothing behind, and can be repeated', async (_, where) => {
    const controller = new AbortController()
    const arrived = cache.registry.stall(where)
    const opened = cache.open({ client: '1.0.0' }, { signal: controller.signal })
    const ended = expect(opened).rejects.toMatchObject({
      code: 'WIREGAUGE_INTERRUPTED',
      message: 'interrupted: the installation of client@1.0.0 was given up; the cache is whole',
    })
    await arrived
    controller.abort()
    await ended
    expect(cache.left()).toEqual([])
    expect(cache.trees()).toEqual([])
    void cache.registry.stall(/^$/)
    expect((await cache.open({ client: '1.0.0' })).versions).toEqual({ client: '1.0.0' })
  })

  test('does not begin', async () => {
    await expect(cache.open({ client: '1.0.0' }, { signal: AbortSignal.abort() })).rejects.toThrow('interrupted: ')
    expect(cache.registry.requests).toEqual([])
  })

  test('ends all that npm has started', async () => {
    const controller = new AbortController()
    await using server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const connects = `require('node:net').connect(${port}, '127.0.0.1')`
    const npm = cache.standIn(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(connects)}], { stdio: 'inherit' })`,
    )
    const opened = cache.open({ client: '1.0.0' }, { npm, signal: controller.signal })
    const ended = expect(opened).rejects.toThrow('interrupted: ')
    const [socket] = (await once(server, 'connection')) as [Socket]
    const closed = once(
      socket.resume().on('error', () => undefined),
      'close',
    )
    controller.abort()
    await ended
    await closed
    expect(cache.left()).toEqual([])
  })
})
