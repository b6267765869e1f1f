import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { siblingModule } from '../../helpers/sibling-module.ts'
import type { Project } from '../../helpers/trees/project.ts'
import { specFilesOf } from '../../helpers/trees/spec-files.ts'
import { unreadableIn } from '../unexpected.ts'
import { type CollectedTest, provideGlobals, takeCollected } from './vitest-stand-in.ts'

const collected = new Map<string, Promise<readonly CollectedTest[]>>()

/**
 * Loads a project's specs outside of their test runner and collects their tests. Imports of the runner by the specs lead to
 * the stand-in. A process loads a module once, so that who asks again gets the same tests.
 *
 * @throws {UsageError} when there is no spec, or one cannot be loaded.
 */
export async function collectSpecs({ specs }: Pick<Project, 'specs'>): Promise<readonly CollectedTest[]> {
  const known = collected.get(specs) ?? collect(specs)
  collected.set(specs, known)
  return await known
}

/** Modules that specs have `test` and `expect` from, besides `wiregauge/node-test`; under Jest they may have them from none. */
const runners: readonly string[] = ['vitest', '@jest/globals', 'node:test']

async function collect(specs: string): Promise<readonly CollectedTest[]> {
  const standIn = siblingModule(import.meta.url, './vitest-stand-in').href
  const nodeTest = siblingModule(import.meta.url, '../../helpers/node-test/index').href
  // With a separator at its end, or `perf-tools/` would be among the specs of `perf/`.
  const within = pathToFileURL(path.join(specs, path.sep)).href
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (!context.parentURL?.startsWith(within)) return next(specifier, context)
      if (runners.includes(specifier)) return { url: standIn, shortCircuit: true }
      const resolved = next(specifier, context)
      return resolved.url === nodeTest ? { url: standIn, shortCircuit: true } : resolved
    },
  })
  const files = specFilesOf({ specs })
  if (files.length === 0) throw new UsageError(`there are no specs (*.test.ts or *.perf.ts) in ${specs}`)
  provideGlobals()
  try {
    const tests: CollectedTest[] = []
    for (const file of files) {
      await load(path.join(specs, file))
      tests.push(...takeCollected(moduleTags(readFileSync(path.join(specs, file), 'utf8'))))
    }
    return tests
  } finally {
    hooks.deregister()
  }
}

/** Of tests that a run leaves out unless it is asked for what they measure: they would take the gate beyond its time. */
const wideTag = 'wide'

/** The tests of the gate: those that no tag calls wide. */
export function ofGate<Tagged extends Pick<CollectedTest, 'tags'>>(tests: readonly Tagged[]): readonly Tagged[] {
  return tests.filter(({ tags }) => !tags.includes(wideTag))
}

/** Tags of all tests of a file, as Vitest reads them out of its comments (https://vitest.dev/guide/test-tags). */
function moduleTags(text: string): string[] {
  return [...text.matchAll(/^\s*(?:\/\/|\/?\*+) *@module-tag +(\S+)/gm)].flatMap(([, tag]) => tag ?? [])
}

async function load(file: string): Promise<void> {
  try {
    await import(pathToFileURL(file).href)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    const place = cause instanceof Error ? unreadableIn(cause) : undefined
    const what = place === undefined ? problem : `${problem} at ${place}`
    throw new UsageError(`${path.relative(process.cwd(), file)} could not be loaded: ${what}`, { cause })
  }
}
