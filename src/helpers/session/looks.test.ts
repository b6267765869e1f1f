import { beforeEach, describe, expect, test, vi } from 'vitest'
import { invalidMeasurement } from '../budgets/test-measurement.ts'
import { http } from '../clients/http.ts'
import { lockMachine } from '../measure/lock.ts'
import { measureFirst, measureMore } from '../measure/measurement.ts'
import { sequential, smallJson } from '../scenarios/list.ts'
import { CapReachedError } from './cap-reached-error.ts'
import { measureInTurns } from './looks.ts'
import { measure } from './measure.ts'
import { begin, changedPlan, loadedTimes, paired } from './test-session.ts'

// Nothing is measured here, and nothing waits for a measurement on this machine.
vi.mock('../measure/measurement.ts', async (original) => ({
  ...(await original<typeof import('../measure/measurement.ts')>()),
  measureFirst: vi.fn(),
  measureMore: vi.fn(),
}))
vi.mock('../measure/lock.ts', () => ({
  lockMachine: vi.fn(async () => ({ [Symbol.asyncDispose]: async () => {} })),
}))

describe('the looks of a measurement', () => {
  const scenario = smallJson({ inFlight: 4 })

  beforeEach(() => {
    vi.mocked(measureFirst).mockReset().mockResolvedValue(loadedTimes(2))
    vi.mocked(measureMore)
      .mockReset()
      .mockImplementation(async ({ effort }, { load }) =>
        loadedTimes(effort.load.looks.find((look) => look > load.length) ?? 0),
      )
    vi.mocked(lockMachine).mockClear()
  })

  test('are taken one by one, each under the lock of the machine, until there are no more', async () => {
    const { told } = begin()
    const measured = await measure(http, scenario)
    expect(measured.measurement).toEqual(loadedTimes(2))
    expect(await measured.more(['load'])).toEqual({ state: 'measured' })
    expect(await measured.more(['load'])).toEqual({ state: 'measured' })
    expect(measured.measurement).toEqual(loadedTimes(8))
    expect(await measured.more(['load'])).toEqual({ state: 'ended', reason: 'all looks were taken' })
    expect(lockMachine).toHaveBeenCalledTimes(3)
    const looks = [2, 4, 8].flatMap((replicates) => ['http small-4', `measured, ${replicates} under load`])
    expect(told).toEqual(looks)
  })

  test('are only of the kinds that the measurement has', async () => {
    begin()
    const measured = await measure(http, scenario)
    await measured.more(['pair', 'load', 'solo'])
    expect(vi.mocked(measureMore).mock.calls.map(([, , evidence]) => evidence)).toEqual([['load']])
    const ended = { state: 'ended', reason: 'all looks were taken' }
    expect(await measured.more(['pair', 'retention'])).toEqual(ended)
  })

  describe('and the cap of the run', () => {
    const capSeconds = 100
    const capReached = { state: 'ended', reason: 'the cap of 100 s for the run was reached', replicateMs: {} }
    let timeMs = 0
    const nowMs = (): number => timeMs

    /** So much of the run's time goes by. */
    const pass = (seconds: number): void => {
      timeMs += seconds * 1e3
    }

    test('nothing begins after it, and what was measured stays', async () => {
      begin({ capSeconds, nowMs })
      const measured = await measure(http, scenario)
      pass(101)
      await expect(measure(http, scenario)).rejects.toThrow(new CapReachedError('http', 'small-4', 100))
      expect(await measured.more(['load'])).toEqual(capReached)
      expect(measureFirst).toHaveBeenCalledTimes(1)
      expect(measureMore).not.toHaveBeenCalled()
      expect(measured.measurement).toEqual(loadedTimes(2))
    })

    test('looks that waited for their turn until it was over are not taken', async () => {
      const { told } = begin({ capSeconds, nowMs })
      vi.mocked(measureMore).mockImplementation(async () => {
        pass(60)
        return loadedTimes(4)
      })
      const waiting = await Promise.all([1, 2, 3, 4].map(() => measure(http, scenario)))
      const results = await Promise.all(waiting.map((measured) => measured.more(['load'])))
      const ofState = (state: string) => results.filter((result) => result.state === state)
      expect([ofState('measured').length, ofState('ended')]).toEqual([2, [capReached, capReached]])
      expect(measureMore).toHaveBeenCalledTimes(2)
      expect(told.filter((line) => line === 'http small-4').length).toBe(4 + 2)
    })

    test('first looks that waited for their turn until it was over are not taken either', async () => {
      begin({ capSeconds, nowMs })
      vi.mocked(measureFirst).mockImplementation(async () => {
        pass(60)
        return loadedTimes(2)
      })
      const results = await Promise.allSettled([1, 2, 3].map(() => measure(http, scenario)))
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    })

    test('nothing begins that waited for the machine until it was over', async () => {
      const { told } = begin({ capSeconds, nowMs })
      vi.mocked(lockMachine).mockImplementationOnce(async () => {
        pass(101)
        return { [Symbol.asyncDispose]: async () => {} }
      })
      await expect(measure(http, scenario)).rejects.toThrow(CapReachedError)
      expect(told).toEqual([])
    })

    test('what a replicate takes is known by its kind where time is what is lacking', async () => {
      const { session } = begin({ capSeconds, nowMs })
      vi.mocked(measureFirst).mockResolvedValue(paired({ pairs: 0, solos: 0, durationMs: 0 }))
      vi.mocked(measureMore)
        .mockResolvedValueOnce(paired({ pairs: 3, solos: 0, durationMs: 6_000 }))
        .mockResolvedValueOnce(paired({ pairs: 3, solos: 2, durationMs: 11_000 }))
      const measured = await measureInTurns(session, { ...changedPlan, first: ['pair', 'solo'] })
      pass(101)
      expect(await measured.more(['pair'])).toEqual({ ...capReached, replicateMs: { pair: 2_000, solo: 2_500 } })
    })
  })

  test('of a kind that was not looked at yet come before further ones, and do not wait for them', async () => {
    const { session } = begin({ spreadMs: 600_000 })
    vi.mocked(measureFirst).mockResolvedValue(paired({ pairs: 0, solos: 0 }))
    vi.mocked(measureMore)
      .mockResolvedValueOnce(paired({ pairs: 3, solos: 0 }))
      .mockResolvedValueOnce(paired({ pairs: 3, solos: 2 }))
    const measured = await measureInTurns(session, changedPlan)
    await measured.more(['pair', 'solo'])
    expect(vi.mocked(measureMore).mock.calls.map(([, , evidence]) => evidence)).toEqual([['pair'], ['solo']])
  })

  test('end where the work was not the work', async () => {
    begin()
    vi.mocked(measureMore).mockResolvedValue(invalidMeasurement())
    const measured = await measure(http, scenario)
    expect(await measured.more(['load'])).toEqual({ state: 'measured' })
    expect(await measured.more(['load'])).toEqual({ state: 'ended', reason: 'the measurement is invalid' })
  })

  test('of measurements at the same time are taken in turns, first ones first', async () => {
    const { told } = begin()
    const [one, other] = [measure(http, scenario), measure(http, sequential)]
    const further = one.then((measured) => measured.more(['load']))
    await Promise.all([one, other, further])
    expect(told.filter((line) => line.startsWith('http'))).toEqual(['http small-4', 'http sequential', 'http small-4'])
  })
})
