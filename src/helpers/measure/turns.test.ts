import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { http } from '../clients/http.ts'
import { smallJson } from '../scenarios/list.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Job } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'
import { measureTurns, summedTimes } from './turns.ts'

afterEach(() => vi.restoreAllMocks())

const tree = path.resolve(import.meta.dirname, '../../..')
const never = new AbortController().signal
const effort = { warmUpMs: 1, sliceMs: 2, slices: 2, sums: false }

function jobOf(...arms: Job['arms']): Omit<Job, 'warmUp'> {
  return {
    client: { module: http.module, exportName: http.exportName },
    scenario: smallJson({ inFlight: 4 }),
    arms,
    seed: 7,
    requestTimeoutMs: 5_000,
  }
}

describe('arms in processes that take turns', () => {
  test('give an estimate with its raw times, what each costs in all, and what the target counted', async () => {
    const job = jobOf({ name: 'head', tree }, { name: 'base', tree })
    const sums = [
      vi.spyOn(MeasuringProcess.prototype, 'allocation'),
      vi.spyOn(MeasuringProcess.prototype, 'totals'),
    ] as const
    const replicate = await measureTurns(job, { ...effort, sums: true }, never)
    for (const { mock } of sums) {
      expect(mock.calls.length).toBeGreaterThan(1)
      for (const [index, [extent]] of mock.calls.entries()) {
        const first = mock.settledResults[index - 1]?.value[0]?.requests
        expect(extent?.requests).toBe(index % 2 === 0 ? undefined : first)
      }
    }
    expect(replicate.seed).toBe(7)
    const [head, base] = replicate.arms
    expect([head?.arm, base?.arm]).toEqual(['head', 'base'])
    expect([head?.slices.length, base?.slices.length]).toEqual([2, 2])
    expect(replicate.totals.map(({ arm }) => arm)).toEqual(['head', 'base'])
    for (const { allocatedBytesPerRequest, bufferBytesPerRequest, clientCpuUsPerRequest } of replicate.totals) {
      expect(allocatedBytesPerRequest).toBeGreaterThan(1_000)
      expect(bufferBytesPerRequest).toBeGreaterThanOrEqual(0)
      expect(clientCpuUsPerRequest).toBeGreaterThan(0)
    }
    expect(replicate.counts.map(({ arm, connections, node }) => ({ arm, connections, node }))).toEqual([
      { arm: 'head', connections: 4, node: undefined },
      { arm: 'base', connections: 4, node: undefined },
    ])
  }, 30_000)

  test('record the Node that an arm was given, and sum nothing when not asked to', async () => {
    const job = jobOf({ name: 'head', tree }, { name: 'base', tree, execPath: process.execPath })
    const { totals, counts } = await measureTurns(job, effort, never)
    expect(totals).toEqual([])
    expect(counts.map(({ node }) => node)).toEqual([undefined, process.versions.node])
  }, 30_000)

  test('are two', async () => {
    await expect(measureTurns(jobOf({ name: 'head', tree }), effort, never)).rejects.toThrow(
      new InvalidWorkError('arms alone are two, not 1'),
    )
  })
})

test('the totals of several turns are the mean over all their requests', () => {
  const turn = (requests: number, us: number) => ({
    arm: 'head',
    requests,
    clientCpuUsPerRequest: us,
    wallUsPerRequest: us * 2,
  })
  expect(summedTimes([turn(100, 50), turn(300, 90)])).toEqual(turn(400, 80))
})
