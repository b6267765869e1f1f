import { realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestModule, TestProject, TestSpecification, Vitest } from 'vitest/node'
import { siblingModule } from '../sibling-module.ts'

const setupFile = fileURLToPath(siblingModule(import.meta.url, './setup'))

/**
 * Whether a run was asked for everything that its projects with budgets hold, so that whatever it does not measure has no
 * spec. That is taken from how Vitest was called, and not from what passed: a test that is skipped in its file is part of
 * the whole. A project that `--project` leaves out is no longer among Vitest's projects here.
 */
export async function isWholeRun(vitest: Vitest, run: readonly TestSpecification[]): Promise<boolean> {
  const { tagsFilter = [] } = vitest.config
  if (!vitest.projects.some(hasBudgets) || vitest.getGlobalTestNamePattern() !== undefined || tagsFilter.length > 0)
    return false
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

/**
 * Spec files that runs of a project with budgets would have and the merged ones did not: those of a shard that is missing.
 *
 * @param merged Modules of all runs, by paths relative to their project, because another machine's root may be elsewhere.
 */
export async function missingModules(
  vitest: Pick<Vitest, 'globTestSpecifications'>,
  merged: readonly Pick<TestModule, 'project' | 'relativeModuleId'>[],
): Promise<readonly string[]> {
  const known = new Set(merged.map(({ project, relativeModuleId }) => `${project.name} ${relativeModuleId}`))
  const specifications = (await vitest.globTestSpecifications()).filter(({ project }) => hasBudgets(project))
  return specifications
    .map(({ project, moduleId }) => ({ project, file: path.posix.relative(project.config.root, moduleId) }))
    .filter(({ project, file }) => !known.has(`${project.name} ${file}`))
    .map(({ file }) => file)
}

function hasBudgets({ config }: TestProject): boolean {
  return config.setupFiles.some((file) => realPath(file) === realPath(setupFile))
}

function isWholeFile({ testLines, testIds, testNames, testNamePattern, testTagsFilter }: TestSpecification): boolean {
  return !testNamePattern && [testLines, testIds, testNames, testTagsFilter].every((chosen = []) => chosen.length === 0)
}

function keyOf({ project, moduleId }: TestSpecification): string {
  return `${project.name} ${moduleId}`
}
