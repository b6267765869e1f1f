import process from 'node:process'
import { type BenchmarkGroup, type BenchResult, inject } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import { lockMachine } from '../../measure/lock.ts'
import { monotonicMs, nextTurn, originMs } from '../../measure/real-time.ts'
import { randomFrom } from '../../statistics/random.ts'
import { type Attempt, attemptOf, refuseRepeats } from './attempt.ts'
import type { BenchClock } from './bench-arm.ts'
import { benchResult } from './bench-result.ts'
import { configuration, poolProblem } from './configuration.ts'
import { benchSeedIn, processesIn } from './environment.ts'
import { type Evidence, remember } from './evidence.ts'
import { FreshProcessError } from './fresh-process-error.ts'
import { freshProcesses } from './fresh-processes.ts'
import { codeProblem, loadedCode } from './loaded-code.ts'
import { type MeasuredGroup, measureGroup, tryGroup } from './measure-group.ts'
import { type BenchPlan, planOf } from './plan.ts'
import type { ReplicateTask } from './replicate.ts'
import { type Comparison, comparisonsOf, comparisonText, restsOn } from './statement.ts'
import { endOfProcesses } from './time-limit.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What the groups of benchmarks of a test came to, for reporters; the JSON reporter writes it. */
    wiregaugeBench?: BenchSummary[]
  }
}

/** One group of benchmarks in the meta data of its test. */
interface BenchSummary {
  readonly seed: number
  readonly processes: number
  readonly fresh: boolean
  /** Why there were no fresh processes, or fewer than asked for. */
  readonly lack?: string
  readonly comparisons: readonly Comparison[]
}

const clock: BenchClock = { now: monotonicMs, turn: () => nextTurn() }

/** Whether this process measures for another one, that judges. */
export function isReplicate(): boolean {
  return replicateTask() !== undefined
}

function replicateTask(): ReplicateTask | undefined {
  return inject('wiregaugeReplicate')
}

/** Groups of one process are measured one after the other, however they were started. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a group of benchmarks: in fresh processes that run the same test, or where these cannot be had in this one, with a
 * warning. Rejects with what a benchmark throws, with {@link FreshProcessError} where the test failed in a fresh process, and
 * with {@link UsageError} for options that are not honoured.
 */
export function runGroup(group: BenchmarkGroup): Promise<BenchResult[]> {
  const task = replicateTask()
  const result = last.then(() => (task === undefined ? measured(group) : measuredFor(task, group)))
  last = result.catch(() => {})
  return result
}

async function measured({ test, config, registrations, options }: BenchmarkGroup): Promise<BenchResult[]> {
  const plan = planOf(options, config.retainSamples)
  requireNames(registrations)
  const { signal } = test.context
  const attempt = attemptOf(test, () => ({ seed: benchSeedIn(process.env), beganMs: originMs + monotonicMs() }))
  const place = attempt.groups++
  await tryGroup(registrations, plan, clock)
  await using _lock = await lockMachine((holder) => console.warn(`wiregauge: waiting for ${holder}, which measures`), {
    signal,
  })
  const names = registrations.map(({ name }) => name)
  const fresh = await freshGroups(test, attempt, place, names)
  const processes = fresh.groups.length > 1 ? fresh.groups : [await here(registrations, plan, attempt, signal)]
  const lack = fresh.lack !== undefined && { lack: fresh.lack }
  const evidence: Evidence = { processes, fresh: fresh.groups.length > 1, ...lack, seed: attempt.seed }
  const summary: BenchSummary = {
    seed: attempt.seed,
    processes: processes.length,
    fresh: evidence.fresh,
    ...lack,
    comparisons: comparisonsOf(names, evidence),
  }
  test.meta.wiregaugeBench = [...(place > 0 ? (test.meta.wiregaugeBench ?? []) : []), summary]
  tell(summary, evidence, attempt)
  return resultsOf(registrations, evidence, plan)
}

function here(
  registrations: BenchmarkGroup['registrations'],
  plan: BenchPlan,
  { seed }: Attempt,
  signal: AbortSignal,
): Promise<MeasuredGroup> {
  return measureGroup(registrations, plan, { clock, random: randomFrom(seed), share: 1, signal })
}

/** In a process that measures for another one: its part, which its test carries away. */
async function measuredFor(task: ReplicateTask, group: BenchmarkGroup): Promise<BenchResult[]> {
  const { test, config, registrations, options } = group
  refuseRepeats(test)
  const plan = planOf(options, config.retainSamples)
  const random = randomFrom(task.seed)
  test.meta.wiregaugeReplicate ??= { pid: process.pid, configuration: configuration(), groups: [], loaded: [] }
  const replicate = test.meta.wiregaugeReplicate
  const { share } = task
  const { signal } = test.context
  const measuredGroup = await measureGroup(registrations, plan, { clock, random, share, signal }).catch((error) => {
    replicate.loaded.push(loadedCode())
    replicate.threw = true
    throw error
  })
  replicate.loaded.push(loadedCode())
  replicate.groups.push(measuredGroup)
  const evidence: Evidence = { processes: [measuredGroup], fresh: false, seed: task.seed }
  return resultsOf(registrations, evidence, plan)
}

/** What fresh processes measured of the group at a place of its test; all of them measure whole tests. Rejects where one failed. */
async function freshGroups(
  test: BenchmarkGroup['test'],
  attempt: Attempt,
  place: number,
  names: readonly string[],
): Promise<{ readonly groups: readonly MeasuredGroup[]; readonly lack?: string }> {
  const processes = processesIn(process.env)
  if (processes === 1) return { groups: [], lack: 'WIREGAUGE_BENCH_PROCESSES is 1' }
  const ofPool = poolProblem()
  if (ofPool !== undefined) return { groups: [], lack: ofPool }
  const endByMs = endOfProcesses(attempt.beganMs, test.timeout)
  attempt.fresh ??= freshProcesses(test, {
    processes,
    seed: attempt.seed,
    ...(endByMs !== undefined && { endByMs }),
    signal: test.context.signal,
  })
  const { replicates, lack, failure } = await attempt.fresh
  const own = loadedCode()
  const problem = [...replicates, failure?.replicate]
    .map((each) => each?.loaded[place] && codeProblem(test.file.filepath, own, each.loaded[place]))
    .find((each) => each !== undefined)
  if (problem !== undefined) return { groups: [], lack: problem }
  if (failure !== undefined) throw new FreshProcessError(failure.error)
  const groups = replicates.flatMap((replicate) => replicate.groups[place] ?? [])
  const others = groups.some(({ arms }) => arms.map(({ name }) => name).join('\n') !== names.join('\n'))
  if (others) return { groups: [], lack: 'the test ran other benchmarks there' }
  if (groups.length < replicates.length) return { groups: [], lack: 'the test did not come so far there' }
  return { groups, ...(lack !== undefined && { lack }) }
}

function resultsOf(
  registrations: BenchmarkGroup['registrations'],
  evidence: Evidence,
  { retainSamples }: BenchPlan,
): BenchResult[] {
  return registrations.map(({ name, fnOpts }) => {
    const result = benchResult(name, evidence, fnOpts?.retainSamples ?? retainSamples)
    remember(result, evidence)
    return result
  })
}

function tell({ lack, comparisons }: BenchSummary, evidence: Evidence, attempt: Attempt): void {
  if (lack !== undefined && !attempt.told) {
    attempt.told = true
    const left = evidence.fresh
      ? `only ${evidence.processes.length} fresh processes measured`
      : 'fewer than two fresh processes measured, so that the interval holds for this process only and no claim is decided'
    console.warn(`wiregauge: ${left}: ${lack}`)
  }
  if (comparisons.length === 0) return
  const lines = comparisons.map((comparison) => `wiregauge: ${comparisonText(comparison)}`)
  console.log([...lines, `wiregauge: ${restsOn(evidence)}, seed ${evidence.seed}`].join('\n'))
}

function requireNames(registrations: BenchmarkGroup['registrations']): void {
  const seen = new Set<string>()
  for (const { name } of registrations) {
    if (seen.has(name))
      throw new UsageError(`two benchmarks of a group are named "${name}"; each needs a name of its own`)
    seen.add(name)
  }
}
