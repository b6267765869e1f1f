import { describe, expect, test } from 'vitest'
import { burst512 } from '../scenarios/bursts.ts'
import { type Scenario, scenario } from '../scenarios/scenario.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ReopenableArm, RequestChanges } from './reopen.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'
import { measureTurn } from './turn.ts'

/** An arm that answers at the next turn of the loop, on a clock that its answers and sleeps move, one at a time. */
function stage() {
  let now = 0
  let inFlight = 0
  let most = 0
  const opened: RequestChanges[] = []
  const send = async () => {
    inFlight++
    most = Math.max(most, inFlight)
    await new Promise((resolve) => setImmediate(resolve))
    inFlight--
    now += 1
    return { ...goodReply, headers: { 'content-type': 'text/plain' } }
  }
  const arm: ReopenableArm = {
    ...armOf('axios', send),
    answer: { status: 200, contentType: 'text/plain', text: 'good' },
    open: async (changes) => {
      opened.push(changes)
      return { send, close: () => {} }
    },
  }
  const clock = {
    now: () => now,
    turn: async () => {},
    // Until as many answers have come as it takes milliseconds.
    sleep: async (ms: number) => {
      for (const end = now + ms; now < end; ) {
        if (inFlight === 0) now += 1
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
  const meters = {
    clock,
    progress: newProgress(),
    processCpuMs: () => now,
    threadCpuMs: () => now,
    target: async () => ({ counters: [], clockMs: 0, cpuMs: 0 }),
  }
  return { arm, meters, opened, most: () => most }
}

const span = { rampMs: 1, durationMs: 20 }
const swept = (over: 'inFlight' | 'handlers', more: Partial<Scenario> = {}) =>
  scenario({ name: 'swept', inFlight: 2, load: { kind: 'sweep', over, points: [1, 8] }, ...more })

describe('a turn', () => {
  test('without a load of its own is a window with as many requests in flight as the scenario says', async () => {
    const { arm, meters, most } = stage()
    const window = await measureTurn(arm, scenario({ name: 'four', inFlight: 4 }), span, meters)
    expect(most()).toBe(4)
    expect(window).not.toHaveProperty('point')
  })

  test('of a sweep has as many in flight as its point says, which the window tells', async () => {
    const { arm, meters, most } = stage()
    expect(await measureTurn(arm, swept('inFlight'), { ...span, point: 8 }, meters)).toMatchObject({ point: 8 })
    expect(most()).toBe(8)
  })

  test('of a sweep over handlers has its mock set up anew with so many', async () => {
    const { arm, meters, opened, most } = stage()
    const mocked = swept('handlers', { mock: { handlers: 1, requests: 'answered' } })
    expect(await measureTurn(arm, mocked, { ...span, point: 8 }, meters)).toMatchObject({ point: 8 })
    expect(opened).toEqual([{ mock: { handlers: 8, requests: 'answered' } }])
    expect(most()).toBe(2)
  })

  test('of a sweep without a point, as in the warm-up, is like any other', async () => {
    const { arm, meters, opened, most } = stage()
    expect(await measureTurn(arm, swept('handlers'), span, meters)).not.toHaveProperty('point')
    expect([most(), opened]).toEqual([2, []])
  })

  test('of bursts is all requests at once', async () => {
    const { arm, meters, most } = stage()
    expect(await measureTurn(arm, burst512, span, meters)).toMatchObject({ requests: 512 })
    expect(most()).toBe(512)
  })

  test('is invalid where the scenario sweeps over handlers of no mock', async () => {
    const { arm, meters } = stage()
    await expect(measureTurn(arm, swept('handlers'), { ...span, point: 8 }, meters)).rejects.toThrow(
      new InvalidWorkError('swept sweeps over handlers and has no mock'),
    )
  })
})
