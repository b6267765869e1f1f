import { describe, expect, test } from 'vitest'
import { sendSteadily } from './steady.ts'

/** A clock that goes only when something waits. */
function testClock() {
  let nowMs = 1_000
  return {
    now: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms
    },
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

describe('sending at a fixed rate', () => {
  test('sends each request when it is due, whether the earlier ones were answered or not', async () => {
    const clock = testClock()
    const sentAt: number[] = []
    const gate = Promise.withResolvers<void>()
    const sending = sendSteadily(
      async () => {
        sentAt.push(clock.now() - 1_000)
        await gate.promise
        return true
      },
      { perSecond: 100, durationMs: 50 },
      clock,
    )
    await expect.poll(() => sentAt).toEqual([0, 10, 20, 30, 40])
    gate.resolve()
    expect(await sending).toMatchObject({ latenciesMs: [40, 30, 20, 10, 0], sentLateMs: [0, 0, 0, 0, 0] })
  })

  test('counts the delay of a sender that is late as that of the service, and tells how late it was', async () => {
    const clock = testClock()
    let sent = 0
    const { latenciesMs, sentLateMs } = await sendSteadily(
      async () => {
        // Sending the first takes as long as five intervals.
        if (++sent === 1) clock.pass(50)
        return true
      },
      { perSecond: 100, durationMs: 40 },
      clock,
    )
    expect(latenciesMs).toEqual([50, 40, 30, 20])
    expect(sentLateMs).toEqual([0, 40, 30, 20])
  })

  test('counts failures, which have no latency', async () => {
    let sent = 0
    const answers = await sendSteadily(async () => ++sent !== 2, { perSecond: 100, durationMs: 30 }, testClock())
    expect(answers).toMatchObject({ failures: 1, latenciesMs: { length: 2 } })
  })

  test('rejects with what is no failure to be counted, and sends no more', async () => {
    let sent = 0
    const sending = sendSteadily(
      async () => {
        sent++
        throw new Error('another body')
      },
      { perSecond: 100, durationMs: 1_000 },
      testClock(),
    )
    await expect(sending).rejects.toThrow('another body')
    expect(sent).toBeLessThan(5)
  })

  test('sends one request at least', async () => {
    const { latenciesMs } = await sendSteadily(async () => true, { perSecond: 1, durationMs: 10 }, testClock())
    expect(latenciesMs).toEqual([0])
  })
})
