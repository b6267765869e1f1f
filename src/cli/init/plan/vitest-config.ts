import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Language } from '../detect/languages.ts'
import type { Planned } from './change.ts'
import type { Scripts } from './scripts.ts'
import { withBudgetProject } from './vitest-edit.ts'

/** How the specs come to be run, with the scripts for it. */
export interface Entry extends Planned {
  readonly scripts: Scripts
}

/** What is known about the Vitest of a project. */
export interface VitestParts {
  readonly root: string
  /** Name of the configuration; absent where there is none. */
  readonly config?: string
  readonly language: Language
}

/** The reporter sets the exit code, and is none of a project's. */
const reporters = `reporters: ['default', 'wiregauge/vitest/reporter']`

/**
 * The Vitest project of the budgets: in a configuration of its own where there is none, within one that is a plain object, and
 * else beside it, in a file that the scripts name.
 */
export function vitestEntry({ root, config, language }: VitestParts): Entry {
  if (config === undefined) return ofNewConfig(root, language, undefined)
  const file = path.join(root, config)
  const before = readFileSync(file, 'utf8')
  const text = withBudgetProject(before, config, budgetProjectText(language))
  if (text !== undefined) return { changes: [{ file, before, text }], notes: [], scripts: ofOneConfig }
  if (/^vite\.config\./.test(config) && !/\btest\s*:/.test(before)) return ofNewConfig(root, language, config)
  return ofOwnConfig(root, config, language)
}

/** One run of Vitest has the unit tests and the gate. */
const ofOneConfig: Scripts = {
  perf: 'vitest run --project gate',
  test: (old) => {
    if (old === undefined) return 'vitest run'
    return /\bvitest\b/.test(old) ? undefined : `${old} && vitest run --project gate`
  },
}

function ofNewConfig(root: string, language: Language, vite: string | undefined): Entry {
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
  return { changes: [{ file, text }], notes: [], scripts: ofOneConfig }
}

/** What cannot be edited safely stays as it is, and the gate has a run of its own. */
function ofOwnConfig(root: string, config: string, language: Language): Entry {
  const name = `vitest.perf.config${language.ending}`
  const text = `import { defineConfig } from 'vitest/config'
import { budgetProject } from 'wiregauge/vitest/project'

// Beside ${config}, whose tests are none of the gate.
export default defineConfig({
  test: {
    ${reporters},
    projects: [${budgetProjectText(language)}],
  },
})
`
  const perf = `vitest run --config ${name}`
  const scripts: Scripts = {
    perf,
    test: (old) => {
      const others = old ?? 'vitest run'
      // The same specs outside of their project have no session to measure in.
      const without = /\bvitest(?: run)?\b/.exec(others)?.[0] ?? ''
      const apart = without === '' ? others : others.replace(without, `${without} --exclude "perf/**"`)
      return `${apart} && ${perf}`
    },
  }
  const note = `${config} is not edited: leave perf/** out of its tests, so that \`npx vitest\` alone does not run the specs`
  return { changes: [{ file: path.join(root, name), text }], notes: [note], scripts }
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
