import { describe, expect, test } from 'vitest'
import type { Reply } from '../clients/contract.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'
import { measureWindow } from './window.ts'

/**
 * A client that answers so many requests during the ramp, so many during the window, and what is left 8 ms later; the
 * clock moves only by that. CPU and target meters read as recorded before and after.
 */
function stage(answeredIn: { ramp: number; window: number }, replyTo: (number: number) => Reply = () => goodReply) {
  let now = 0
  let answered = 0
  const waiting: (() => void)[] = []
  const arm = armOf('axios', () => new Promise((resolve) => waiting.push(() => resolve(replyTo(++answered)))))
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const answer = async (count: number) => {
    for (let each = 0; each < count; each++) {
      waiting.shift()?.()
      await settle()
    }
  }
  const most = { inFlight: 0 }
  const spans = [answeredIn.ramp, answeredIn.window]
  const clock = {
    now: () => now,
    turn: () => Promise.resolve(),
    sleep: async (ms: number) => {
      most.inFlight = Math.max(most.inFlight, waiting.length)
      await answer(spans.shift() ?? 0)
      now += ms
      if (spans.length > 0) return
      setImmediate(() => {
        now += 8
        void answer(waiting.length)
      })
    },
  }
  const progress = newProgress()
  const meters = {
    clock,
    progress,
    processCpuMs: recorded([100, 190]),
    threadCpuMs: recorded([50, 113]),
    target: async () => ({ counters: [], clockMs: 0, cpuMs: targetCpuMs() }),
  }
  const targetCpuMs = recorded([20, 40])
  return { arm, meters, progress, most }
}

/** A meter that reads what was recorded. */
function recorded(readings: number[]): () => number {
  return () => readings.shift() ?? Number.NaN
}

const span = { rampMs: 30, durationMs: 62 }

describe('a window of continuous load', () => {
  test('counts requests and time between ramp-up and drain only', async () => {
    const { arm, meters } = stage({ ramp: 5, window: 11 })
    expect(await measureWindow(arm, 4, span, meters)).toMatchObject({ requests: 11, durationMs: 62 })
  })

  test('spreads the CPU time of the whole span over all requests, the target thread apart', async () => {
    const { arm, meters } = stage({ ramp: 5, window: 11 })
    // 5 + 11 + 4 at the end are 20 requests in 30 + 62 + 8 = 100 ms.
    expect(await measureWindow(arm, 4, span, meters)).toMatchObject({
      clientCpuUsPerRequest: (90 - 20) * 50,
      targetCpuUsPerRequest: 20 * 50,
      clientBusy: 0.63,
      targetBusy: 0.2,
    })
  })

  test('keeps every lane full, no more, and asks for nothing once it is over', async () => {
    const { arm, meters, most, progress } = stage({ ramp: 5, window: 11 })
    await measureWindow(arm, 4, span, meters)
    expect(most.inFlight).toBe(4)
    expect(arm.asked).toBe(20)
    expect(progress).toEqual({ phase: 'window', arm: 'axios', beats: 20 })
  })

  test('ends when the most requests were made and answered, ramp and drain included', async () => {
    const { arm, meters } = stage({ ramp: 5, window: 11 })
    expect(await measureWindow(arm, 4, { ...span, mostRequests: 12 }, meters)).toMatchObject({ requests: 7 })
    expect(arm.asked).toBe(12)
  })

  test.each([
    ['the ramp', 3],
    ['the window', 8],
    ['the drain', 19],
  ])('rejects with the first wrong reply in %s', async (_, failing) => {
    const wrong = { ...goodReply, status: 500 }
    const { arm, meters } = stage({ ramp: 5, window: 11 }, (number) => (number === failing ? wrong : goodReply))
    await expect(measureWindow(arm, 4, span, meters)).rejects.toThrow(
      'expected status 200 and a body of 4 characters, got status 500 and 4 characters',
    )
  })

  test('rejects when a send rejects', async () => {
    const { meters } = stage({ ramp: 0, window: 0 })
    const broken = armOf('broken', () => Promise.reject(new Error('reset')))
    await expect(measureWindow(broken, 2, span, meters)).rejects.toThrow(new Error('reset'))
  })

  test('rejects when a send throws', async () => {
    const { meters } = stage({ ramp: 0, window: 0 })
    const broken = armOf('broken', () => {
      throw new Error('no socket')
    })
    await expect(measureWindow(broken, 2, span, meters)).rejects.toThrow(new Error('no socket'))
  })

  test('in which nothing was answered gives no figure', async () => {
    const { arm, meters } = stage({ ramp: 5, window: 0 })
    await expect(measureWindow(arm, 4, span, meters)).rejects.toThrow(
      'axios: no request was answered in a window of 62 ms',
    )
  })
})
