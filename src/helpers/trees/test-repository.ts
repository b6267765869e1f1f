import { execFileSync } from 'node:child_process'
import { type TestFolder, testFolder } from './test-folder.ts'

/** A git repository in a temporary folder. */
export interface TestRepository extends TestFolder {
  /** Runs git there, without the configuration of who runs the tests. */
  git(...args: readonly string[]): string
  /** Commits all files, and tells the id. */
  commit(message: string): string
}

export function testRepository(): TestRepository {
  const folder = testFolder()
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.test', '-c', 'commit.gpgSign=false']
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))
  const env = { ...Object.fromEntries(inherited), GIT_CONFIG_NOSYSTEM: '1', HOME: folder.root }
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder.root, ...identity, ...args], { env, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  return {
    ...folder,
    git,
    commit(message) {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', message)
      return git('rev-parse', 'HEAD')
    },
  }
}

/**
 * Writes the manifest and lock of a project whose only dependency is a folder of its own, so that nothing is asked of a
 * registry.
 *
 * @param at Where in the folder, ending in `/`; empty for the folder itself.
 */
export function writeProject(folder: TestFolder, at: string, local: string): void {
  const manifest = { name: 'project', version: '1.0.0', dependencies: { [local]: `file:${local}` } }
  const links = { [`node_modules/${local}`]: { resolved: local, link: true }, [local]: { version: '1.0.0' } }
  folder.write(`${at}${local}/package.json`, { name: local, version: '1.0.0' })
  folder.write(`${at}package.json`, manifest)
  folder.write(`${at}package-lock.json`, {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, ...links },
  })
}
