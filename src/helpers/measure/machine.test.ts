import { describe, expect, test } from 'vitest'
import { disturbance, parseTicks, thisMachine, watchMachine } from './machine.ts'

describe('the class of a machine', () => {
  test('is the declared one', () => {
    expect(thisMachine({ WIREGAUGE_MACHINE: 'github-ubuntu-24.04-x64' })).toMatchObject({
      class: 'github-ubuntu-24.04-x64',
      declared: true,
    })
  })

  test.each([undefined, ''])('is guessed from processor, cores, platform and Node when %j is declared', (declared) => {
    const machine = thisMachine({ WIREGAUGE_MACHINE: declared })
    const { processor, cores, platform, node } = machine
    expect(machine).toMatchObject({
      class: `${processor}, ${cores} cores, ${platform}, Node ${node}`,
      declared: false,
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
    })
    expect(processor).not.toBe('')
    expect(cores).toBeGreaterThan(0)
  })
})

describe('ticks of /proc/stat', () => {
  test('are the sum of the first eight fields and the eighth, which is steal; guest time is in user already', () => {
    const stat = 'cpu  100 20 30 4000 50 6 7 800 90 9\ncpu0 50 10 15 2000 25 3 3 400 45 4\nintr 1\n'
    expect(parseTicks(stat)).toEqual({ all: 5_013, stolen: 800 })
  })

  test.each([
    ['an old kernel without steal', 'cpu  100 20 30 4000 50 6 7\n'],
    ['no line of all cores', 'cpu0 50 10 15 2000 25 3 3 400\n'],
    ['nothing', ''],
  ])('are absent with %s', (_, stat) => {
    expect(parseTicks(stat)).toBeUndefined()
  })
})

describe('what disturbs a machine', () => {
  const before = { atMs: 1_000, ticks: { all: 5_000, stolen: 800 }, throttledMs: 40 }

  test('is the share of ticks that were stolen, and of the time for which processors were held back', () => {
    const after = { atMs: 3_000, ticks: { all: 5_400, stolen: 820 }, throttledMs: 140 }
    expect(disturbance(before, after)).toEqual({ stealShare: 0.05, throttledShare: 0.05 })
  })

  test('is never held back for longer than the time, also when several processors were at once', () => {
    const after = { ...before, atMs: 1_100, throttledMs: 440 }
    expect(disturbance(before, after)).toEqual({ throttledShare: 1 })
  })

  test('is absent where the system does not tell', () => {
    const silent = { ticks: undefined, throttledMs: undefined }
    expect(disturbance({ atMs: 0, ...silent }, { atMs: 9, ...silent })).toEqual({})
  })

  test('is told of this one as shares, if at all', () => {
    for (const share of Object.values(watchMachine()())) {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
    }
  })
})
