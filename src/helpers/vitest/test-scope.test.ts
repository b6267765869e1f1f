import { expect, test } from 'vitest'
import { judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { TestScope } from './test-scope.ts'

test('a scope keeps measurements with the verdicts on them, and no verdict on others', () => {
  const scope = new TestScope()
  const [own, other] = [measurementOf(), measurementOf()]
  const verdict = judgePerSecond(own, 800, judgingBy())
  scope.add(own)
  scope.judge(own, verdict)
  scope.judge(other, verdict)
  expect(scope.entries).toEqual([{ measurement: own, verdicts: [verdict] }])
})

test("a scope's signal is given when its test times out, with that reason", () => {
  const timeout = new AbortController()
  const { signal } = new TestScope(timeout.signal)
  expect(signal.aborted).toBe(false)
  timeout.abort(new Error('timed out'))
  expect(signal.reason).toEqual(new Error('timed out'))
})

test("a scope's signal is given when its test ends, with what to do", () => {
  const scope = new TestScope(new AbortController().signal)
  scope.end()
  expect(scope.signal.reason).toEqual(
    new UsageError('the test ended before its measurement; await what `measure` returns'),
  )
})
