import { expect, test, vi } from 'vitest'
import { isPrerelease, publishedVersions, rangesOf } from './published-versions.ts'
import { testUser } from './test-npm.ts'
import { startRegistry } from './test-registry.ts'

// npm takes its time to start, on a busy machine the more.
vi.setConfig({ testTimeout: 120_000 })

const { signal } = new AbortController()

test('published versions come in the order of semantic versions, with what speaks against them', async () => {
  await using registry = await startRegistry({
    client: {
      '1.10.0': {},
      '1.2.0': { deprecated: 'leaks sockets' },
      '2.0.0-rc.10': { deprecated: 'use 2.0.0' },
      '2.0.0-rc.2': {},
      '2.0.0': {},
      '1.9.0': {},
      '0.1.0': {},
    },
  })
  using user = testUser()
  expect(await publishedVersions('client', { signal, npm: user.npm(registry.url) })).toEqual([
    { version: '0.1.0', prerelease: false },
    { version: '1.2.0', prerelease: false, deprecated: 'leaks sockets' },
    { version: '1.9.0', prerelease: false },
    { version: '1.10.0', prerelease: false },
    { version: '2.0.0-rc.2', prerelease: true },
    { version: '2.0.0-rc.10', prerelease: true, deprecated: 'use 2.0.0' },
    { version: '2.0.0', prerelease: false },
  ])
})

test('a package with one version has that one', async () => {
  await using registry = await startRegistry({ '@scope/client': { '1.0.0': { deprecated: 'moved' } } })
  using user = testUser()
  expect(await publishedVersions('@scope/client', { signal, npm: user.npm(registry.url) })).toEqual([
    { version: '1.0.0', prerelease: false, deprecated: 'moved' },
  ])
})

test('a package with more pre-releases than fit into one question has them all', async () => {
  const names = Array.from({ length: 400 }, (_, index) => [`1.0.${index}-rc.1`, `1.0.${index}-rc.2`]).flat()
  const versions = Object.fromEntries(names.map((version) => [version, { deprecated: `not ${version}` }]))
  await using registry = await startRegistry({ client: versions })
  using user = testUser()
  expect(await publishedVersions('client', { signal, npm: user.npm(registry.url) })).toEqual(
    names.map((version) => ({ version, prerelease: true, deprecated: `not ${version}` })),
  )
})

test('no question is longer than a command line may be', () => {
  const versions = Array.from({ length: 2_000 }, (_, index) => `1.0.${index}-rc.1`)
  const ranges = rangesOf(versions)
  expect(ranges.length).toBeGreaterThan(1)
  for (const range of ranges) expect(range.length).toBeLessThanOrEqual(8_100)
  expect(ranges.join(' || ').split(' || ')).toHaveLength(versions.length + 2)
})

test.each([
  ['1.0.0', false],
  ['1.0.0-rc.1', true],
  ['1.0.0-0', true],
  ['1.0.0+build-7', false],
  ['1.0.0-rc.1+build', true],
])('%s is a pre-release: %s', (version, expected) => {
  expect(isPrerelease(version)).toBe(expected)
})

test('a package that is unknown, or a name that is none, is a usage error', async () => {
  await using registry = await startRegistry({})
  using user = testUser()
  const npm = user.npm(registry.url)
  await expect(publishedVersions('nosuch', { signal, npm })).rejects.toMatchObject({
    code: 'WIREGAUGE_USAGE',
    message: expect.stringContaining('is not in the registry that npm is configured for'),
  })
  await expect(publishedVersions('--registry=x', { signal, npm })).rejects.toThrow('is not the name of a package')
})

test('a registry out of reach is told', async () => {
  await using registry = await startRegistry({})
  using user = testUser()
  await registry.goDown()
  await expect(publishedVersions('client', { signal, npm: user.npm(registry.url) })).rejects.toMatchObject({
    code: 'WIREGAUGE_REGISTRY_UNREACHABLE',
  })
})
