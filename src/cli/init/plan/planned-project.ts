import { existsSync } from 'node:fs'
import path from 'node:path'
import type { FoundProject } from '../detect/found-project.ts'
import type { Proven } from '../probe/prove-guesses.ts'
import { adapterText } from '../texts/adapter.ts'
import { type StatedEntry, specText } from '../texts/spec.ts'
import { withBotRules } from './bots.ts'
import { joinedPlans, nothing, type Planned } from './change.ts'
import { commandEntry } from './command-entry.ts'
import { withIgnoredReports } from './ignored.ts'
import { jestEntry } from './jest-entry.ts'
import { withScripts } from './scripts.ts'
import { configAbove, type Entry, vitestEntry } from './vitest-config.ts'
import { workflow } from './workflow.ts'

/** What a project is to get. */
export interface PlanParts {
  readonly found: FoundProject
  readonly proven: Proven
  /** What the spec states. */
  readonly stated: readonly StatedEntry[]
  /** Text of the budget file. */
  readonly budgets: string
  /** Command that builds what is measured. Default: nothing is to be built. */
  readonly build?: string
}

/** Texts of what stands in the folder of the specs, by name. */
export function specFiles({ found, proven, stated }: Omit<PlanParts, 'budgets'>): Readonly<Record<string, string>> {
  const { specs } = entryFor(found)
  const { language, runner } = found
  const { guess, names, shape, path: asked, sent, routes } = proven
  return {
    [`${names.client}${language.ending}`]: adapterText({ guess, names, shape, language, folder: 'perf' }),
    [`${names.client}.${specs}${language.ending}`]: specText({
      names,
      language,
      runner: runner.name,
      path: asked,
      ...(sent !== undefined && { sent }),
      routes,
      stated,
    }),
  }
}

/**
 * Everything that is written, new files first.
 *
 * @throws {UsageError} where a script of the same name is there.
 */
export function plannedProject(parts: PlanParts): Planned {
  const { found, budgets, build } = parts
  const { root, top, manager, manifestFile, folders, repository } = found
  const entry = entryFor(found)
  const files = { ...specFiles(parts), 'budgets.json': budgets }
  const above = found.runner.name === 'vitest' ? configAbove(folders) : undefined
  const place = path.relative(top, root).split(path.sep).join('/')
  const all = joinedPlans([
    {
      changes: Object.entries(files).map(([name, text]) => ({ file: path.join(root, 'perf', name), text })),
      notes: [],
    },
    entry,
    {
      changes: [
        workflow({
          root,
          top,
          manager,
          manifest: manifestFile.manifest,
          node: Number.parseInt(process.versions.node, 10),
          ...(repository?.branch !== undefined && { branch: repository.branch }),
        }),
        withScripts(manifestFile, entry.scripts, { root, manager, ...(build !== undefined && { build }) }),
      ],
      notes: [],
    },
    withIgnoredReports(root),
    withBotRules(top, path.posix.join(place, 'perf/reference')),
    lockOfBun(found),
    above === undefined || entry.specs === 'perf'
      ? nothing
      : {
          changes: [],
          notes: [`${path.relative(root, above)} may take perf/*.test.* for tests of its own: leave them out there`],
        },
  ])
  return { changes: all.changes.toSorted(newFirst), notes: all.notes }
}

/** Bun is none of the package managers that install a merge base. */
function lockOfBun({ folders, manager: { lock, name } }: FoundProject): Planned {
  const all = folders.flatMap((folder) => ['bun.lock', 'bun.lockb'].map((each) => path.join(folder, each)))
  const found = lock === undefined ? all.find((each) => existsSync(each)) : undefined
  if (found === undefined) return nothing
  return {
    changes: [],
    notes: [`${path.basename(found)} is left alone: scripts and workflow use ${name}, which installs without it`],
  }
}

function entryFor({ root, runner, language, folders, manifestFile }: FoundProject): Entry {
  if (runner.name === 'vitest') {
    return vitestEntry({
      root,
      language,
      manifest: manifestFile.manifest,
      ...(runner.config !== undefined && { config: runner.config }),
    })
  }
  return runner.name === 'jest' ? jestEntry(root, folders) : commandEntry(runner.because)
}

function newFirst(one: { readonly before?: string }, other: { readonly before?: string }): number {
  return Number(one.before !== undefined) - Number(other.before !== undefined)
}
