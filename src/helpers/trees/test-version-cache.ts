import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { NpmSettings } from './npm.ts'
import { type TestUser, testUser } from './test-npm.ts'
import { startRegistry, type TestPackages, type TestRegistry } from './test-registry.ts'
import { openVersionTree, type VersionTree } from './version-cache.ts'

/** `needed` in the version that `client` 2.0.0 wants was never published. */
export const testPackages = {
  client: {
    '1.0.0': { dependencies: { needed: '^2.0.0' } },
    '1.1.0': { dependencies: { needed: '^2.0.0' }, scripts: { install: 'node -e "process.exit(1)"' } },
    '2.0.0': { dependencies: { needed: '^9.0.0' } },
  },
  needed: { '2.0.0': { files: { 'lib/deep.js': 'module.exports = 1\n' } } },
  '@scope/other': { '3.0.0': {} },
} satisfies TestPackages

interface OpenOptions {
  readonly npm?: NpmSettings
  readonly signal?: AbortSignal
  readonly cache?: string
}

/** An empty cache of a user of a registry with {@link testPackages}. */
export interface TestCache extends AsyncDisposable {
  readonly registry: TestRegistry
  readonly user: TestUser
  /** What was said, in order. */
  readonly said: readonly string[]
  open(asked: Readonly<Record<string, string>>, options?: OpenOptions): Promise<VersionTree>
  /** Names of the entries. */
  trees(): readonly string[]
  /** Names of the temporary folders. */
  left(): readonly string[]
  /** npm forgets what it has downloaded. */
  forget(): void
  /** A stand-in for npm, run as a process like it. */
  standIn(script: string): NpmSettings
}

export async function testCache(): Promise<TestCache> {
  const registry = await startRegistry(testPackages)
  const user = testUser()
  const said: string[] = []
  const namesIn = (folder: string): readonly string[] => {
    const place = path.join(user.cache, folder)
    return existsSync(place) ? readdirSync(place) : []
  }
  return {
    registry,
    user,
    said,
    open: (asked, options = {}) =>
      openVersionTree(asked, {
        cache: user.cache,
        say: (message) => said.push(message),
        signal: new AbortController().signal,
        npm: user.npm(registry.url),
        ...options,
      }),
    trees: () => namesIn('trees'),
    left: () => namesIn('temporary'),
    forget: () => rmSync(path.join(user.home, '.npm'), { recursive: true }),
    standIn: (script) => {
      const command = path.join(user.home, 'stand-in')
      writeFileSync(command, `#!${process.execPath}\n${script}\n`)
      chmodSync(command, 0o755)
      return { ...user.npm(registry.url), command }
    },
    [Symbol.asyncDispose]: async () => {
      user[Symbol.dispose]()
      await registry[Symbol.asyncDispose]()
    },
  }
}

export function inTree(tree: VersionTree, ...names: readonly string[]): string {
  return path.join(tree.root, 'node_modules', ...names)
}
