import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBudgetFile } from '../../helpers/budgets/budget-file.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { Effort } from '../../helpers/measure/effort.ts'
import { measuredLine } from '../../helpers/reports/run-log.ts'
import { runOptionsFrom } from '../../helpers/runner/run-options.ts'
import { openSession, provideSession, type Session } from '../../helpers/session/session.ts'
import { cacheFolder } from '../../helpers/trees/cache-folder.ts'
import { openCheckout } from '../../helpers/trees/checkout.ts'
import { type Project, projectAt } from '../../helpers/trees/project.ts'
import { openVersionTree } from '../../helpers/trees/version-cache.ts'
import type { Surroundings } from '../run.ts'
import { collectSpecs, ofGate } from '../specs/collect.ts'
import { type StatedBudgets, statedBudgets } from '../specs/stated-budgets.ts'
import { survey } from '../survey.ts'
import type { Openers } from './side.ts'
import type { ComparedSubject } from './subjects.ts'

/** How a project is measured; each by default as the environment says, as under Vitest. */
export interface ProjectOptions {
  readonly seed?: number
  /** After so many seconds no budget gets more evidence. */
  readonly cap?: number
  /** Folder for installed versions. Default: {@link cacheFolder}. */
  readonly cache?: string
  /** For tests: how much is measured. Default: that of the gate. */
  readonly effort?: Effort
  /** For tests: time from the first look to the last, in milliseconds. Default 4 s. */
  readonly spreadMs?: number
}

/**
 * Somebody waits for one comparison, so that its looks are as close to each other as those of trials: still far longer than
 * what the machine stalls for (session/gap.ts).
 */
const comparisonSpreadMs = 4_000

/** What a project's specs state, with the clients and scenarios themselves. */
interface StatedProject {
  readonly session: Session
  readonly subjects: readonly ComparedSubject[]
  /** By `client scenario`. */
  readonly stated: StatedBudgets
}

/**
 * Reads a project's budgets, and what its specs state and measure.
 *
 * @throws {UsageError} where one of them is wrong.
 */
export async function readProject(
  options: ProjectOptions,
  { root, progress }: Pick<Surroundings, 'root' | 'progress'>,
): Promise<StatedProject> {
  const { problem, ...asked } = runOptionsFrom(process.env)
  if (problem !== undefined) throw new UsageError(problem)
  const { seed = asked.seed, cap = asked.capSeconds, effort, spreadMs = comparisonSpreadMs } = options
  const project = withSpecs(projectAt(realpathSync(root)))
  const met = new Map<string, ComparedSubject>()
  // The frozen reference is not compared with, and need not be installed.
  const { reference: _, ...budgets } = readBudgetFile(project.budgetFile)
  const session = openSession(
    {
      project,
      seed,
      strict: asked.strict,
      spreadMs,
      ...(effort && { effort }),
      ...(cap === undefined ? {} : { capSeconds: cap }),
      say: progress.line,
      onAsked: (client, scenario) => met.set(`${client.name} ${scenario.name}`, { client, scenario }),
      onStart: (client, scenario) => progress.live(`measuring ${client} ${scenario}`),
      onMeasurement: (measurement) => progress.live(measuredLine(measurement)),
    },
    budgets,
  )
  const tests = await survey(await collectSpecs(project), session)
  const stated = await statedBudgets(tests, session)
  provideSession(() => session)
  // What is wide and held against no reference is about more than a pair of arms could show.
  const ofGateOnly = new Set(ofGate(tests).map(({ subject }) => `${subject?.client} ${subject?.scenario}`))
  const subjects = [...met].filter(([name]) => ofGateOnly.has(name) || stated.get(name)?.reference !== undefined)
  return { session, subjects: subjects.map(([, subject]) => subject), stated }
}

/**
 * A project without specs is measured by those of the checkout of wiregauge, with their budgets: its packages are its own.
 *
 * @throws {UsageError} in the package, which comes without them.
 */
function withSpecs(project: Project): Project {
  if (existsSync(project.specs)) return project
  const { specs, budgetFile } = projectAt(fileURLToPath(new URL('../../..', import.meta.url)))
  if (existsSync(specs)) return { ...project, specs, budgetFile }
  throw new UsageError(`there are no specs in ${project.specs}; they say what is compared, and how exactly`)
}

/** What opens versions and commits for the user. */
export function openersFor(
  { cache = cacheFolder(process.env) }: Pick<ProjectOptions, 'cache'>,
  { root, progress, signal }: Pick<Surroundings, 'root' | 'progress' | 'signal'>,
): Openers {
  const project = realpathSync(root)
  const options = { cache: path.resolve(cache), say: progress.line, signal, npm: { project } }
  return {
    root: project,
    version: (packages) => openVersionTree(packages, options),
    checkout: (ref) => openCheckout(project, ref, options),
  }
}
