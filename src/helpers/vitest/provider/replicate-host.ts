/**
 * A process of its own that runs one test of one file again and again, each time in a fresh worker process of Vitest's, and
 * sends what each measured. Started by `fresh-processes.ts`; ends with it.
 */
import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { Writable } from 'node:stream'
import { createVitest, type TestCase, type TestProject, type Vitest } from 'vitest/node'
import { randomFrom, seedFrom } from '../../statistics/random.ts'
import type { HostMessage, HostTask } from './replicate.ts'
import { firstLine, outcomeOf, type ReplicateRun } from './replicate-outcome.ts'
import { hasTimeFor } from './time-limit.ts'

let vitest: Vitest | undefined

/** No further process is started then. */
let ending = false

/** What runs under this process: Vitest's workers, above all. */
const children = new Set<ChildProcess>()

subscribe('child_process', (created) => {
  const { process: child } = created as { process: ChildProcess }
  children.add(child)
  child.once('exit', () => children.delete(child))
})

process.once('message', (task: HostTask) => {
  serve(task).catch((error: unknown) => end({ kind: 'lack', reason: firstLine(error) }))
})
process.on('disconnect', abandon)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end())

async function serve(task: HostTask): Promise<void> {
  const project = await projectOf(task)
  if (project === undefined) {
    const where = task.places.map((place) => path.relative(process.cwd(), place) || '.').join(', ')
    throw new Error(`no Vitest configuration with the project "${task.project}" was found in ${where}`)
  }
  // Only the run that somebody started writes results.
  project.benchmark.writeResult = async () => {}
  const random = randomFrom(task.seed)
  let longestMs = 0
  for (let place = 0; place < task.processes; place++) {
    const begin = Date.now()
    if (!hasTimeFor(longestMs, task.endByMs, begin)) return await end({ kind: 'late' })
    project.provide('wiregaugeReplicate', { seed: seedFrom(random), share: 1 / task.processes })
    if (!(await replicate(project, task)) || ending) return
    longestMs = Math.max(longestMs, Date.now() - begin)
  }
  await end()
}

/** @returns Whether it measured something. */
async function replicate(project: TestProject, { moduleId, testId }: HostTask): Promise<boolean> {
  const specification = project.createSpecification(moduleId, { testIds: [testId] })
  const { testModules, unhandledErrors } = await project.vitest.runTestSpecifications([specification])
  const tests = testModules.flatMap((module) => [...module.children.allTests()])
  const test = tests.find(({ id }) => id === testId)
  const suites = testModules.flatMap((module) => [...module.children.allSuites()])
  const outcome = outcomeOf({
    ...(test && { test: ended(test) }),
    unhandled: project.vitest.config.dangerouslyIgnoreUnhandledErrors ? [] : unhandledErrors,
    around: [...testModules, ...suites].flatMap((each) => each.errors()),
  })
  if (outcome.kind === 'replicate') await send(outcome)
  else await end(outcome)
  return outcome.kind === 'replicate'
}

function ended(test: TestCase): NonNullable<ReplicateRun['test']> {
  const { state, errors = [] } = test.result()
  const { wiregaugeReplicate: measured } = test.meta()
  return { state, errors, fails: test.options.fails === true, ...(measured && { measured }) }
}

/** What `vitest bench` gives itself; it has no type. Every project gets its variant for benchmarks, whatever its `enabled`. */
const asBenchCommand = { benchmarkOnly: true }

/** The project of the run, in the first configuration that has it at the same root. */
async function projectOf({ places, project: name, root, settings }: HostTask): Promise<TestProject | undefined> {
  for (const place of places.filter((each) => existsSync(each))) {
    const at = statSync(place).isDirectory() ? { root: place } : { config: place }
    vitest = await createVitest(
      'test',
      {
        ...at,
        ...settings,
        watch: false,
        ...asBenchCommand,
        pool: 'forks',
        isolate: true,
        maxWorkers: 1,
        fileParallelism: false,
        reporters: [{}],
        coverage: { enabled: false },
        typecheck: { enabled: false },
        ui: false,
        open: false,
        silent: true,
        retry: 0,
        update: 'none',
      },
      {},
      { stdout: nowhere(), stderr: nowhere() },
    )
    const project = vitest.projects.find((each) => each.name === name && each.config.root === root)
    if (project !== undefined) return project
    await vitest.close()
    vitest = undefined
  }
  return undefined
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/** Resolves when the message is out: what is still on its way when the process ends is lost. */
async function send(message: HostMessage): Promise<void> {
  if (!process.connected) return
  await new Promise<void>((resolve) => process.send?.(message, () => resolve()))
}

/**
 * Ends at once, because nobody is left to report to. Nothing is asked of the workers: one that measures what is synchronous
 * hears nothing until it is done.
 */
function abandon(): void {
  for (const child of children) child.kill('SIGKILL')
  process.exit()
}

/** Says the last word, and takes Vitest's workers with it. */
async function end(message?: HostMessage): Promise<void> {
  if (ending) return
  ending = true
  if (message !== undefined) await send(message)
  try {
    await vitest?.cancelCurrentRun('keyboard-input')
    await vitest?.close()
  } finally {
    process.exit()
  }
}
