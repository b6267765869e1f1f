import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { measurementOf } from '../budgets/test-measurement.ts'
import { bareVerdict } from '../budgets/test-verdict.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { GrowingMeasurement, recordedMeasurement } from './measured.ts'
import { currentScope, inScope, provideScope, Scope } from './scope.ts'

const verdict = bareVerdict()

test('a scope keeps measurements with the verdicts on them, and no verdict on others', () => {
  const scope = new Scope()
  const [own, other] = [recordedMeasurement(measurementOf()), recordedMeasurement(measurementOf())]
  scope.add(own)
  scope.judge(own, verdict)
  scope.judge(other, verdict)
  expect(scope.entries).toEqual([{ measurement: own.measurement, verdicts: [verdict] }])
})

test('its entries hold a measurement as far as it has come', async () => {
  const scope = new Scope()
  const measured = new GrowingMeasurement(measurementOf({ seed: 1 }), async () => measurementOf({ seed: 2 }))
  scope.add(measured)
  scope.judge(measured, verdict)
  await measured.more(['pair'])
  expect(scope.entries).toEqual([{ measurement: measurementOf({ seed: 2 }), verdicts: [verdict] }])
})

test("a scope's signal is given when its test times out, with that reason", () => {
  const timeout = new AbortController()
  const { signal } = new Scope(timeout.signal)
  expect(signal.aborted).toBe(false)
  timeout.abort(new Error('timed out'))
  expect(signal.reason).toEqual(new Error('timed out'))
})

test.each([
  ['a signal', new AbortController().signal],
  ['none', undefined],
])("a scope's signal is given when its test ends, with what to do; it had %s before", (_, signal) => {
  const scope = new Scope(signal)
  scope.end()
  expect(scope.signal.reason).toEqual(
    new UsageError('the test ended before its measurement; await what `measure` returns'),
  )
})

test('what a test awaits is what it is, and not forgotten', async () => {
  const scope = new Scope()
  expect(await scope.awaited('measure(…)', Promise.resolve(7))).toBe(7)
  await expect(Promise.all([scope.awaited('measure(…)', Promise.reject(new Error('broken')))])).rejects.toThrow(
    'broken',
  )
  expect(await scope.awaited('measure(…)', Promise.reject(8)).catch((reason) => reason)).toBe(8)
  expect(await scope.awaited('measure(…)', Promise.resolve(9)).finally(() => {})).toBe(9)
  expect(scope.forgotten).toBeUndefined()
})

test('what it does not await fails no other, and is forgotten', async () => {
  const scope = new Scope()
  scope.awaited('measure(…)', Promise.reject(new Error('broken')))
  scope.awaited('expect(…).toCost(…)', Promise.resolve())
  await scope.awaited('expect(…).toCost(…)', Promise.resolve())
  await setImmediate()
  expect(scope.forgotten).toEqual(
    new UsageError(
      'the test did not await measure(…) and expect(…).toCost(…); write `await` before every `measure` and `expect`',
    ),
  )
})

test('tests that run at the same time each have their own scope, also after waiting', async () => {
  const scopes = [new Scope(), new Scope()]
  const seen = await Promise.all(
    scopes.map((scope) =>
      inScope(scope, async () => {
        const before = currentScope()
        await setImmediate()
        return [before, currentScope()]
      }),
    ),
  )
  expect(seen[0]?.map((scope) => scope === scopes[0])).toEqual([true, true])
  expect(seen[1]?.map((scope) => scope === scopes[1])).toEqual([true, true])
})

test('outside of any there is one that nothing ends', () => {
  expect(currentScope().signal.aborted).toBe(false)
  expect(currentScope()).not.toBe(currentScope())
})

test('what a scope waits for and was rejected is told, also when the test catches it', async () => {
  const scope = new Scope()
  const broken = new Error('broken')
  await scope.awaited('measure(…)', Promise.reject(broken)).catch(() => {})
  await scope.awaited('measure(…)', Promise.resolve(7))
  expect(scope.failures).toEqual([broken])
})

test('code outside of any scope belongs to the one that a runner tells, and else to one of its own', () => {
  const [told, own] = [new Scope(), new Scope()]
  expect(currentScope()).not.toBe(currentScope())
  provideScope(() => told)
  try {
    expect(currentScope()).toBe(told)
    expect(inScope(own, () => currentScope())).toBe(own)
  } finally {
    provideScope(() => new Scope())
  }
})
