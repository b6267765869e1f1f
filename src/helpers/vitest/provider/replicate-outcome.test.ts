import { describe, expect, test } from 'vitest'
import type { Replicate } from './replicate.ts'
import { outcomeOf, type ReplicateRun } from './replicate-outcome.ts'

const replicate: Replicate = { pid: 1, configuration: '{}', groups: [{ arms: [] }], loaded: [{}] }
const refused = { name: 'Error', message: 'refused', stack: 'Error: refused' }
const port = { message: 'listen EADDRINUSE: address already in use\nmore', code: 'EADDRINUSE' }

function ended(test: Partial<ReplicateRun['test']>, { unhandled = [], around = [] }: Partial<ReplicateRun> = {}) {
  return outcomeOf({ test: { state: 'passed', errors: [], fails: false, ...test }, unhandled, around })
}

test('a test that passed is a replicate, also where what came after it failed', () => {
  expect(ended({ measured: replicate })).toEqual({ kind: 'replicate', replicate })
  expect(ended({ measured: replicate }, { around: [refused] })).toEqual({ kind: 'replicate', replicate })
})

describe('a failure of the test', () => {
  test('is what a benchmark throws, whatever it is', () => {
    for (const error of [refused, port]) {
      const threw = { ...replicate, groups: [], threw: true }
      const { stack, message } = { stack: undefined, ...error }
      expect(ended({ state: 'failed', errors: [error], measured: threw })).toMatchObject({
        kind: 'failed',
        error: { message, ...(stack && { stack }) },
        replicate: threw,
      })
    }
  })

  test('is what the test throws before or after it measured', () => {
    expect(ended({ state: 'failed', errors: [refused] })).toEqual({ kind: 'failed', error: refused })
    expect(ended({ state: 'failed', errors: [refused], measured: replicate })).toMatchObject({ kind: 'failed' })
  })

  test('is what nobody caught, and the end of the worker', () => {
    expect(ended({ measured: replicate }, { unhandled: [refused] })).toMatchObject({ kind: 'failed', error: refused })
    const gone = new Error('[vitest-pool]: Worker forks emitted error.')
    expect(ended({ state: 'pending' }, { unhandled: [gone] })).toMatchObject({ error: { message: gone.message } })
  })

  test('is none where the test is expected to fail: claims are passed by there', () => {
    const failed = { state: 'failed', errors: [new Error('Expect test to fail')], fails: true } as const
    expect(ended({ ...failed, measured: replicate })).toMatchObject({ kind: 'replicate' })
  })
})

describe('a lack', () => {
  test('is what failed around the test', () => {
    expect(ended({ state: 'skipped' }, { around: [port] })).toEqual({
      kind: 'lack',
      reason: 'listen EADDRINUSE: address already in use',
    })
    expect(ended({ state: 'skipped' }, { around: [refused], unhandled: [refused] })).toMatchObject({ kind: 'lack' })
    expect(outcomeOf({ unhandled: [refused], around: [] })).toEqual({ kind: 'lack', reason: 'refused' })
  })

  test('is a port that the test asks for and the run holds', () => {
    expect(ended({ state: 'failed', errors: [port] })).toMatchObject({ kind: 'lack' })
    expect(ended({ measured: replicate }, { unhandled: [port] })).toMatchObject({ kind: 'lack' })
  })

  test('is a worker that did not start', () => {
    const late = new Error('[vitest-pool]: Timeout starting forks runner.')
    expect(ended({ state: 'pending' }, { unhandled: [late] })).toEqual({ kind: 'lack', reason: late.message })
  })

  test('is a test that measured nothing there', () => {
    expect(ended({})).toEqual({ kind: 'lack', reason: 'the test measured nothing there' })
  })
})
