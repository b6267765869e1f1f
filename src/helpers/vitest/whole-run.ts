import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestSpecification, Vitest } from 'vitest/node'
import { siblingModule } from '../sibling-module.ts'

const setupFile = fileURLToPath(siblingModule(import.meta.url, './setup'))

/**
 * Whether a run was asked for everything that its projects with budgets hold, so that whatever it does not measure has no
 * spec. That is taken from how Vitest was called, and not from what passed: a test that is skipped in its file is part of
 * the whole. A project that `--project` leaves out is no longer among Vitest's projects here.
 */
export async function isWholeRun(vitest: Vitest, run: readonly TestSpecification[]): Promise<boolean> {
  const { tagsFilter = [] } = vitest.config
  const withBudgets = vitest.projects.some(({ config }) =>
    config.setupFiles.some((file) => realPath(file) === realPath(setupFile)),
  )
  if (!withBudgets || vitest.getGlobalTestNamePattern() !== undefined || tagsFilter.length > 0) return false
  // File names, `--shard`, `--changed`, `--related` and `--last-failed` all leave out files or parts of them.
  const started = new Set(run.filter(isWholeFile).map(keyOf))
  return (await vitest.globTestSpecifications()).every((specification) => started.has(keyOf(specification)))
}

/** What Vitest resolves may lie behind a link, as all packages of pnpm do. */
function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function isWholeFile({ testLines, testIds, testNames, testNamePattern, testTagsFilter }: TestSpecification): boolean {
  return !testNamePattern && [testLines, testIds, testNames, testTagsFilter].every((chosen = []) => chosen.length === 0)
}

function keyOf({ project, moduleId }: TestSpecification): string {
  return `${project.name} ${moduleId}`
}
