import { describe, expect, test } from 'vitest'
import { measureBurst } from './burst.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ReopenableArm } from './reopen.ts'
import { armOf, goodReply, newProgress } from './test-arm.ts'

/** An arm whose requests take a millisecond each, on a clock that only they, pauses and turns of the loop move. */
function stage({ firstStatus = 200 } = {}) {
  let now = 1_000
  let cpuMs = 0
  const events: string[] = []
  const note = (event: string): void => {
    if (events.at(-1) !== event) events.push(event)
  }
  const clientOf = (name: string) => {
    let sent = 0
    return {
      send: async () => {
        note(`${name} sends`)
        now += 1
        return { ...goodReply, headers: { 'content-type': 'text/plain' }, status: sent++ === 0 ? firstStatus : 200 }
      },
      close: () => note(`${name} is closed`),
    }
  }
  let opened = 0
  const arm: ReopenableArm = {
    ...armOf('axios', async () => goodReply),
    client: clientOf('the first'),
    answer: { status: 200, contentType: 'text/plain', text: 'good' },
    open: async () => {
      note(`number ${++opened} is opened`)
      return clientOf(`number ${opened}`)
    },
  }
  const meters = {
    clock: {
      now: () => now,
      turn: async () => note('turn'),
      sleep: async (ms: number) => {
        note(`pause of ${ms} ms`)
        now += ms
      },
    },
    progress: newProgress(),
    processCpuMs: () => (cpuMs += 5),
    threadCpuMs: () => (cpuMs += 1),
    target: async () => ({ counters: [], clockMs: 0, cpuMs: 0 }),
  }
  return { arm, meters, events }
}

describe('a burst', () => {
  test('lasts from its first request to its last answer; pause, opening and checking are no part of it', async () => {
    const { arm, meters } = stage()
    const window = await measureBurst(arm, { requests: 512, client: 'fresh', pauseMs: 250 }, meters)
    expect(window).toMatchObject({ requests: 512, durationMs: 512 })
  })

  test('of a fresh client closes the one before, pauses, and makes a checked request first', async () => {
    const { arm, meters, events } = stage()
    await measureBurst(arm, { requests: 3, client: 'fresh', pauseMs: 250 }, meters)
    expect(events).toEqual(['the first is closed', 'pause of 250 ms', 'number 1 is opened', 'number 1 sends', 'turn'])
    expect(arm.asked).toBe(4)
  })

  test('beats with every reply, so that a slow one is no hang', async () => {
    const { arm, meters } = stage()
    await measureBurst(arm, { requests: 512, client: 'kept', pauseMs: 0 }, meters)
    expect(meters.progress.beats).toBeGreaterThanOrEqual(512)
  })

  test('of a kept client goes on with the one that is there', async () => {
    const { arm, meters, events } = stage()
    await measureBurst(arm, { requests: 3, client: 'kept', pauseMs: 250 }, meters)
    expect(events).toEqual(['pause of 250 ms', 'the first sends', 'turn'])
    expect(arm.asked).toBe(3)
  })

  test('is invalid where the first answer of its client is wrong', async () => {
    const { arm, meters } = stage({ firstStatus: 500 })
    await expect(measureBurst(arm, { requests: 3, client: 'fresh', pauseMs: 0 }, meters)).rejects.toThrow(
      new InvalidWorkError('axios: the first answer is wrong: expected status 200, got 500'),
    )
  })
})
