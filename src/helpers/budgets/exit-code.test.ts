import { describe, expect, test } from 'vitest'
import { exitCodeOf, exitCodeOfParts } from './exit-code.ts'
import { bareVerdict } from './test-verdict.ts'
import type { Verdict, VerdictState } from './verdict.ts'

const verdictOf = (state: VerdictState, changes: Partial<Verdict> = {}) => bareVerdict({ ...changes, state })

const outcome = {
  verdicts: [],
  usage: false,
  otherFailure: false,
  invalidMeasurements: false,
  interrupted: false,
  capReached: false,
  strict: false,
}
const every = (['pass', 'regressed', 'inconclusive', 'invalid'] as const).map((state) => verdictOf(state))
const without = (...states: VerdictState[]) => every.filter(({ state }) => !states.includes(state))

describe('the exit code is', () => {
  test('0 when everything passed, and when there was nothing', () => {
    expect(exitCodeOf({ ...outcome, verdicts: [verdictOf('pass'), verdictOf('no reference yet')] })).toBe(0)
    expect(exitCodeOf(outcome)).toBe(0)
  })

  test('2 for wrong usage, whatever else happened', () => {
    const all = {
      usage: true,
      otherFailure: true,
      invalidMeasurements: true,
      interrupted: true,
      capReached: true,
      strict: true,
    }
    expect(exitCodeOf({ ...all, verdicts: every })).toBe(2)
  })

  test('4 for an invalid measurement before 1 and 3', () => {
    expect(exitCodeOf({ ...outcome, verdicts: every, otherFailure: true })).toBe(4)
  })

  test('4 for an invalid measurement that nobody judged', () => {
    expect(exitCodeOf({ ...outcome, invalidMeasurements: true, interrupted: true })).toBe(4)
  })

  test('130 for an interrupted run in which nothing was red', () => {
    const interrupted = { ...outcome, interrupted: true }
    expect(exitCodeOf({ ...interrupted, verdicts: [verdictOf('pass')] })).toBe(130)
    expect(exitCodeOf({ ...interrupted, verdicts: without('invalid', 'regressed') })).toBe(130)
    expect(exitCodeOf({ ...interrupted, verdicts: without('invalid') })).toBe(1)
  })

  test('1 for a regression before 3', () => {
    expect(exitCodeOf({ ...outcome, verdicts: without('invalid') })).toBe(1)
  })

  test('1 for an ordinary assertion that failed', () => {
    expect(exitCodeOf({ ...outcome, verdicts: without('invalid', 'regressed'), otherFailure: true })).toBe(1)
  })

  test('3 for inconclusive where the tree changed', () => {
    expect(exitCodeOf({ ...outcome, verdicts: without('invalid', 'regressed') })).toBe(3)
  })

  test('0 for inconclusive where nothing changed, and 3 when strict', () => {
    const verdicts = [verdictOf('inconclusive', { treeChanged: false })]
    expect(exitCodeOf({ ...outcome, verdicts })).toBe(0)
    expect(exitCodeOf({ ...outcome, verdicts, strict: true })).toBe(3)
  })

  test('0 for a red between the same files, strict or not', () => {
    const verdicts = [verdictOf('regressed', { sameFiles: true, treeChanged: false })]
    expect(exitCodeOf({ ...outcome, verdicts })).toBe(0)
    expect(exitCodeOf({ ...outcome, verdicts, strict: true })).toBe(0)
  })

  test('3 when the time was over before everything was measured, unless something was red', () => {
    const reached = { ...outcome, capReached: true }
    expect(exitCodeOf({ ...reached, verdicts: [verdictOf('pass')] })).toBe(3)
    expect(exitCodeOf({ ...reached, verdicts: [verdictOf('regressed')] })).toBe(1)
  })

  test('3 for a budget that is blind, though nothing changed', () => {
    expect(exitCodeOf({ ...outcome, verdicts: [verdictOf('inconclusive', { treeChanged: false, blind: true })] })).toBe(
      3,
    )
  })
})

describe('the exit code of parts is the first that any has', () => {
  test.each([
    [[0, 0], 0],
    [[0, 3], 3],
    [[3, 130], 130],
    [[130, 1, 3], 1],
    [[1, 4], 4],
    [[4, 2, 0], 2],
    [[], 0],
  ])('of %j: %d', (codes, expected) => {
    expect(exitCodeOfParts(codes)).toBe(expected)
  })

  test('2 where one ended as none of ours does', () => {
    expect(exitCodeOfParts([0, 137])).toBe(2)
  })
})
