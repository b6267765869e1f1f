import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { dependenciesOf, type Manifest } from './manifest.ts'

/** What a project runs its tests with, as far as specs can run in it. */
export type TestRunner =
  | {
      readonly name: 'vitest'
      /** Name of the configuration, `vitest.config.ts` or `vite.config.ts`; absent where there is none. */
      readonly config?: string
    }
  | {
      readonly name: 'jest'
      /** Name of the configuration; absent where it stands in `package.json`, or there is none. */
      readonly config?: string
    }
  /** Specs run by the command alone. */
  | { readonly name: 'none'; readonly because: string }

/** The first version whose set-up files can wrap tests. */
const oldestVitest = 5
const oldestJest = 30

/** The test runner of a project: Vitest before Jest where it has both. */
export function testRunnerOf(root: string, folders: readonly string[], manifest: Manifest): TestRunner {
  const asked = new Set([...dependenciesOf(manifest), ...folders.flatMap(dependenciesAt)])
  for (const [name, oldest, configs] of [
    ['vitest', oldestVitest, /^(?:vitest|vite)\.config\.[cm]?[jt]s$/],
    ['jest', oldestJest, /^jest\.config\.(?:[cm]?[jt]s|json)$/],
  ] as const) {
    if (!asked.has(name)) continue
    const major = majorOf(name, root)
    if (major !== undefined && major < oldest) {
      return { name: 'none', because: `${name} ${major} is older than ${name} ${oldest}, which specs need` }
    }
    // Vitest reads its own before that of Vite.
    const config = readdirSync(root)
      .filter((file) => configs.test(file))
      .toSorted()
      .at(-1)
    return { name, ...(config !== undefined && { config }) }
  }
  return { name: 'none', because: 'the project has neither Vitest nor Jest' }
}

function dependenciesAt(folder: string): readonly string[] {
  const file = path.join(folder, 'package.json')
  if (!existsSync(file)) return []
  try {
    return dependenciesOf(JSON.parse(readFileSync(file, 'utf8')) as Manifest)
  } catch {
    return []
  }
}

/** Major version of what is installed; undefined where it is not. */
function majorOf(name: string, root: string): number | undefined {
  try {
    const { version } = createRequire(path.join(root, 'package.json'))(`${name}/package.json`) as { version: string }
    return Number.parseInt(version, 10)
  } catch {
    return undefined
  }
}
