import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Language } from '../detect/languages.ts'
import type { Manifest } from '../detect/manifest.ts'
import type { Planned } from './change.ts'
import type { Scripts } from './scripts.ts'
import { useOfVitest } from './use-of-vitest.ts'
import { withBudgetProject } from './vitest-edit.ts'

/** How the specs come to be run, with the scripts for it. */
export interface Entry extends Planned {
  readonly scripts: Scripts
  /** What stands before the ending in the names of specs: `api.test.ts`. */
  readonly specs: 'test' | 'perf'
}

/** What is known about the Vitest of a project. */
export interface VitestParts {
  readonly root: string
  /** Name of the configuration; absent where there is none. */
  readonly config?: string
  readonly language: Language
  /** Its scripts tell how Vitest is started. */
  readonly manifest: Manifest
}

/** The reporter sets the exit code, and is none of a project's. */
const reporters = `reporters: ['default', 'wiregauge/vitest/reporter']`

/**
 * The Vitest project of the budgets: in a configuration of its own where there is none, within one that is a plain object, and
 * else beside it, in a file that the scripts name. It also stands beside where the tests are started with options and filters,
 * which could leave the gate out, drop its reporter, or measure with the coverage of everything.
 */
export function vitestEntry({ root, config, language, manifest }: VitestParts): Entry {
  const use = useOfVitest(manifest)
  if (use === 'otherwise') return ofOwnConfig(root, language)
  const together = use === 'plain'
  if (config === undefined) return ofNewConfig(root, language, together)
  const file = path.join(root, config)
  const before = readFileSync(file, 'utf8')
  const text = withBudgetProject(before, config, budgetProjectText(language))
  if (text !== undefined) return { changes: [{ file, before, text }], notes: [], ...ofOneConfig(together) }
  if (/^vite\.config\./.test(config) && !/\btest\s*:/.test(before)) return ofNewConfig(root, language, together, config)
  return ofOwnConfig(root, language, config)
}

/** One run of Vitest can have the unit tests and the gate. @param together Whether that of the tests does. */
function ofOneConfig(together: boolean): Pick<Entry, 'specs' | 'scripts'> {
  return { specs: 'test', scripts: { perf: 'vitest run --project gate', tests: 'vitest run', together } }
}

function ofNewConfig(root: string, language: Language, together: boolean, vite?: string): Entry {
  const unit = vite === undefined ? '' : `extends: './${vite}', `
  const text = `import { configDefaults, defineConfig } from 'vitest/config'
import { budgetProject } from 'wiregauge/vitest/project'

export default defineConfig({
  test: {
    ${reporters},
    projects: [
      { ${unit}test: { name: 'unit', exclude: [...configDefaults.exclude, 'perf/**'] } },
      ${budgetProjectText(language)},
    ],
  },
})
`
  const file = path.join(root, `vitest.config${language.ending}`)
  return { changes: [{ file, text }], notes: [], ...ofOneConfig(together) }
}

/**
 * What cannot be edited safely stays as it is, and the gate has a run of its own, with specs that Vitest takes for no tests by
 * their names: outside of their project they have no session to measure in.
 */
function ofOwnConfig(root: string, language: Language, config?: string): Entry {
  const name = `vitest.perf.config${language.ending}`
  const text = `import { defineConfig } from 'vitest/config'
import { budgetProject } from 'wiregauge/vitest/project'

// Beside the configuration of the other tests, which are none of the gate.
export default defineConfig({
  test: {
    ${reporters},
    projects: [budgetProject({ include: ['perf/*.perf${language.ending}'] })],
  },
})
`
  const perf = `vitest run --config ${name}`
  return {
    changes: [{ file: path.join(root, name), text }],
    notes: config === undefined ? [] : [`${config} is not edited: the gate has a configuration of its own`],
    specs: 'perf',
    scripts: { perf, tests: 'vitest run' },
  }
}

/** Specs that are named otherwise than by default are told. */
function budgetProjectText({ ending }: Language): string {
  return ending === '.ts' ? 'budgetProject()' : `budgetProject({ include: ['perf/*.test${ending}'] })`
}

/** Whether a folder around a package has a Vitest configuration, whose projects may take the specs for tests of their own. */
export function configAbove(folders: readonly string[]): string | undefined {
  const names = ['ts', 'mts', 'js', 'mjs'].flatMap((ending) => [
    `vitest.config.${ending}`,
    `vitest.workspace.${ending}`,
  ])
  return folders
    .slice(1)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file))
}
