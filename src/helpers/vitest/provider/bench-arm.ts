import type { BenchRegistrationInput } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import type { Phase } from './plan.ts'
import { refuseUnknown } from './plan.ts'

/** The clocks of a benchmark, injected so that tests run on recorded ones. */
export interface BenchClock {
  /** Monotonic time in milliseconds, with microseconds behind the point. */
  now(): number
  /** Resolves when the event loop has come round once. */
  turn(): Promise<void>
}

/** One benchmark of a group, with its hooks. */
export interface BenchArm {
  readonly name: string
  /** Whether each call has to be timed by itself, because hooks stand around it or it says its own duration. */
  readonly single: boolean
  /** Before and after all calls of a phase. */
  before(phase: Phase): Promise<void>
  after(phase: Phase): Promise<void>
  /** Makes so many calls, one after the other. @returns Their time in milliseconds, without the hooks around each call. */
  batch(calls: number, phase: Phase): Promise<number>
}

/** Results go here, so that no compiler finds a call without use. */
const sink: { last: unknown } = { last: undefined }

type Hook = NonNullable<NonNullable<BenchRegistrationInput['fnOpts']>['beforeEach']>

/** @throws {UsageError} for an option that is not honoured. */
export function benchArm({ name, fn, fnOpts = {} }: BenchRegistrationInput, clock: BenchClock): BenchArm {
  refuseUnknown(fnOpts)
  const { beforeAll, afterAll, beforeEach, afterEach } = fnOpts
  const task = taskNamed(name)
  const call = fn as (this: unknown) => unknown
  const hook = async (each: Hook | undefined, phase: Phase): Promise<void> => each?.call(task, phase)
  // As in tinybench: said, or seen in what a call returns.
  let isAsync = fnOpts.async
  let saysDuration = false

  async function one(phase: Phase): Promise<number> {
    await hook(beforeEach, phase)
    const begin = clock.now()
    const returned = call.call(task)
    isAsync ??= isThenable(returned)
    const value = isAsync ? await returned : returned
    const durationMs = clock.now() - begin
    if (isAsync) await clock.turn()
    sink.last = value
    const said = overriddenDuration(value)
    saysDuration ||= said !== undefined
    await hook(afterEach, phase)
    return said ?? durationMs
  }

  async function asynchronous(calls: number): Promise<number> {
    const begin = clock.now()
    for (let made = 0; made < calls; made++) sink.last = await call.call(task)
    const durationMs = clock.now() - begin
    // What a call leaves for the event loop to do is not to fall to whichever arm comes next. Not timed: a turn for each call
    // and a turn for each batch would be two rules.
    await clock.turn()
    return durationMs
  }

  function synchronous(calls: number): number {
    const begin = clock.now()
    for (let made = 0; made < calls; made++) sink.last = call.call(task)
    return clock.now() - begin
  }

  return {
    name,
    get single() {
      return beforeEach !== undefined || afterEach !== undefined || saysDuration
    },
    before: (phase) => hook(beforeAll, phase),
    after: (phase) => hook(afterAll, phase),
    async batch(calls, phase) {
      // The first call of all tells what kind of function it is.
      if (this.single || isAsync === undefined || calls === 1) return await one(phase)
      return isAsync ? await asynchronous(calls) : synchronous(calls)
    },
  }
}

/** What hooks are given in the place of tinybench's task. @throws {UsageError} from all but its name. */
export function taskNamed(name: string): ThisParameterType<Hook> {
  const task = {
    get(_: object, property: string | symbol) {
      if (property === 'name') return name
      if (typeof property === 'symbol' || property === 'then') return undefined
      throw new UsageError(`under wiregauge's benchmark provider a task has a name, and no ${property}`)
    },
  }
  return new Proxy({}, task) as ThisParameterType<Hook>
}

function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

function overriddenDuration(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('overriddenDuration' in value)) return undefined
  const { overriddenDuration: duration } = value
  return typeof duration === 'number' && Number.isFinite(duration) && duration >= 0 ? duration : undefined
}
