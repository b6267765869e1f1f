import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NpmSettings } from './npm.ts'

/** A user of npm with nothing but a home. */
export interface TestUser extends Disposable {
  readonly home: string
  readonly cache: string
  /** npm with its own cache in that home, asking a registry. */
  npm(registryUrl: string): NpmSettings & { readonly environment: NodeJS.ProcessEnv; readonly project: string }
}

/** Nothing of the configuration of who runs the tests holds for this user, and npm tries once. */
export function testUser(): TestUser {
  const home = mkdtempSync(path.join(realpathSync(tmpdir()), 'wiregauge-npm-'))
  const project = path.join(home, 'project')
  mkdirSync(project)
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))
  return {
    home,
    cache: path.join(home, 'cache'),
    npm: (registryUrl) => ({
      project,
      environment: {
        ...Object.fromEntries(inherited),
        HOME: home,
        USERPROFILE: home,
        npm_config_cache: path.join(home, '.npm'),
        npm_config_registry: registryUrl,
        npm_config_fetch_retries: '0',
      },
    }),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }),
  }
}
