import { describe, expect, test, vi } from 'vitest'
import { lockMachine } from '../measure/lock.ts'
import { type MeasurementPlan, measureFirst } from '../measure/measurement.ts'
import { sequential } from '../scenarios/list.ts'
import { measureInTurns } from './looks.ts'
import type { Session, SessionOptions } from './session.ts'
import { begin, changedPlan, paired } from './test-session.ts'

// Nothing is measured here, and nothing waits for a measurement on this machine.
vi.mock('../measure/measurement.ts', async (original) => ({
  ...(await original<typeof import('../measure/measurement.ts')>()),
  measureFirst: vi.fn(),
  measureMore: vi.fn(),
}))
vi.mock('../measure/lock.ts', () => ({
  lockMachine: vi.fn(async () => ({ [Symbol.asyncDispose]: async () => {} })),
}))

describe("the run's own A/A", () => {
  /** On the machine of the tuning. */
  function beginTuned(options: Partial<SessionOptions> = {}) {
    const begun = begin(options)
    const judging = { ...begun.session.judging, machine: { class: 'tuned', node: '26.10.0' } }
    return { ...begun, session: { ...begun.session, judging } }
  }

  /** Measures a changed client; the A/A afterwards keeps such a share of the reference's throughput. */
  async function measureChanged(session: Session, share = 1, plan: Partial<MeasurementPlan> = {}) {
    vi.mocked(measureFirst)
      .mockReset()
      .mockResolvedValueOnce(paired({ pairs: 3, solos: 0, share: 0.9 }))
      .mockResolvedValue(paired({ pairs: 3, solos: 0, share, sameFiles: true }))
    const measured = await measureInTurns(session, { ...changedPlan, ...plan })
    vi.mocked(lockMachine).mockClear()
    return measured
  }

  test('is measured between copies of the reference, under the lock of the machine, and is no part of the measurement', async () => {
    const { session, told } = beginTuned()
    const measured = await measureChanged(session, 0.9)
    const before = measured.measurement
    told.length = 0
    await measured.measureNull()
    expect(vi.mocked(measureFirst).mock.lastCall?.[0]).toMatchObject({
      tree: '/reference',
      pair: { state: 'measured', sameFiles: true, referenceTree: '/reference', solo: false },
      underLoad: false,
      first: ['pair'],
    })
    expect(lockMachine).toHaveBeenCalledTimes(1)
    expect(measured.measurement).toBe(before)
    expect(told).toEqual(['axios small-4'])
    expect(session.judging.runNoise()).toContain("this run's own A/A pairs scatter 21.1 times more than at tuning")
  })

  test('is measured once a session, also when several reds ask at the same time', async () => {
    const { session } = beginTuned()
    const measured = await measureChanged(session)
    await Promise.all([measured.measureNull(), measured.measureNull()])
    await measured.measureNull()
    expect(measureFirst).toHaveBeenCalledTimes(2)
    expect(session.judging.runNoise()).toBeUndefined()
  })

  test('of an unchanged client comes from the reference of the project', async () => {
    const { session } = beginTuned()
    const measured = await measureChanged(session, 1, { pair: { state: 'same files' } })
    await measured.measureNull()
    expect(vi.mocked(measureFirst).mock.lastCall?.[0].tree).toBe(session.project.referenceTree)
  })

  test('has for both arms what the reference has of its own', async () => {
    const { session } = beginTuned()
    const arms = { current: { execPath: '/node-of-head' }, reference: { execPath: '/node-of-base' } }
    const measured = await measureChanged(session, 1, { arms })
    await measured.measureNull()
    expect(vi.mocked(measureFirst).mock.lastCall?.[0].arms).toEqual({
      current: arms.reference,
      reference: arms.reference,
    })
  })

  test.each<[string, Partial<MeasurementPlan>, boolean]>([
    ['without a reference', { pair: { state: 'no reference', reason: 'none', treeChanged: true } }, true],
    ['that was never tuned', { scenario: sequential }, true],
    ['on another machine class', {}, false],
  ])('is not measured for a client %s', async (_, plan, tuned) => {
    const { session } = tuned ? beginTuned() : begin()
    const measured = await measureChanged(session, 1, plan)
    await measured.measureNull()
    expect(measureFirst).toHaveBeenCalledTimes(1)
  })

  test('is not measured after the cap, and nothing is said of it', async () => {
    let timeMs = 0
    const { session } = beginTuned({ capSeconds: 100, nowMs: () => timeMs })
    const measured = await measureChanged(session, 0.9)
    timeMs += 101_000
    await measured.measureNull()
    expect(measureFirst).toHaveBeenCalledTimes(1)
    expect(session.judging.runNoise()).toBeUndefined()
  })
})
