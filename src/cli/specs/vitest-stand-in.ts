import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { expectBudgets } from '../../helpers/runner/expect-budgets.ts'

/**
 * What specs get for `vitest`, `@jest/globals`, `node:test` and `wiregauge/node-test` when `wiregauge run` loads them: enough
 * of them to collect tests and to state budgets. The same file is an ordinary test file under its runner, where anything else
 * of that may be used.
 */

/** A test of a spec, collected and not yet run. */
export interface CollectedTest {
  /** Names of the suites around it and its own. */
  readonly name: string
  /** Its own, and those of its file. */
  readonly tags: readonly string[]
  run(): unknown
}

/** What may stand between the name of a test and its function. */
interface TestOptions {
  readonly tags?: string | readonly string[]
}

const suites: string[] = []
let collected: CollectedTest[] = []

/** The tests collected since the last call. @param tags Of their file. */
export function takeCollected(tags: readonly string[] = []): readonly CollectedTest[] {
  const taken = collected
  collected = []
  return taken.map((each) => ({ ...each, tags: [...tags, ...each.tags] }))
}

export const describe = withoutMembers('describe', (name: string, define: () => void): void => {
  suites.push(name)
  try {
    define()
  } finally {
    suites.pop()
  }
})

export const test = withoutMembers('test', collect)
export const it = withoutMembers('it', collect)

function collect(name: string, ...given: readonly unknown[]): void {
  const [options, run] = given.length > 1 && typeof given[0] === 'object' ? given : [{}, given[0]]
  if (typeof run !== 'function') throw unknownHere(`test('${name}', …) without a function as its last argument`)
  const { tags = [], ...others } = (options ?? {}) as TestOptions
  const [other] = Object.keys(others)
  if (other !== undefined) throw unknownHere(`test('${name}', { ${other}: … }, …)`)
  collected.push({ name: [...suites, name].join(' > '), tags: [tags].flat(), run: () => run() })
}

// What specs use besides; without an export of the name, their loading would fail with the engine's own words.
export const beforeAll = unknownFunction('beforeAll')
export const afterAll = unknownFunction('afterAll')
export const beforeEach = unknownFunction('beforeEach')
export const afterEach = unknownFunction('afterEach')
export const before = unknownFunction('before')
export const after = unknownFunction('after')
export const vi = withoutMembers('vi', {})
export const jest = withoutMembers('jest', {})
export const mock = withoutMembers('mock', {})

/** For specs of Jest that import none of it. They stay: tests use them when they are run. */
export function provideGlobals(): void {
  Object.assign(globalThis, { describe, test, it, expect, beforeAll, afterAll, beforeEach, afterEach, jest })
}

function unknownFunction(name: string): (...given: unknown[]) => never {
  return withoutMembers(name, () => {
    throw unknownHere(name)
  })
}

/** Has members that Vitest's has and the stand-in has not, such as `test.skip`, say so. */
function withoutMembers<Value extends object>(name: string, value: Value): Value {
  return new Proxy(value, {
    get: (target, member) => {
      if (typeof member === 'symbol' || member in target) return Reflect.get(target, member)
      throw unknownHere(`${name}.${member}`)
    },
  })
}

/** States budgets about a measurement; what it returns has the matchers of `budgetMatchers`. */
export type Expect = (received: unknown) => Record<string, (...stated: never[]) => void | Promise<void>>

let currentExpect: Expect = (received) => expectBudgets(received, unknownHere)

/** Has `expect` do something else than judge, such as note which budgets a spec states. */
export function replaceExpect(replacement: Expect): void {
  currentExpect = replacement
}

export function expect(received: unknown): ReturnType<Expect> {
  return currentExpect(received)
}

function unknownHere(what: string): UsageError {
  return new UsageError(
    `${what} is not known to \`wiregauge run\`; run this spec with its test runner (\`npm run perf\`)`,
  )
}
