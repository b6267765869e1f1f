import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { budgetFileOf } from '../budgets/test-measurement.ts'
import { bareVerdict } from '../budgets/test-verdict.ts'
import { isFailure, type Verdict } from '../budgets/verdict.ts'
import { readStreaks, streakFile, streaksAfter, withBlindness } from './streaks.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-streaks-'))
afterAll(() => rmSync(folder, { recursive: true }))

const budgets = budgetFileOf()
const name = 'axios small-4, connections'

function verdictOf(state: Verdict['state'], changes: Partial<Verdict> = {}): Verdict {
  const measured = { estimate: 4, low: 4, high: 4, level: 1 }
  return bareVerdict({ state, budget: 'connections', reason: 'too noisy', measured, treeChanged: false, ...changes })
}

describe('the streaks of earlier runs', () => {
  /** There is nothing to say. */
  const fail = (message: string): never => expect.unreachable(message)

  let reports = 0
  /** A folder of reports with this text as its streaks. */
  function reportsWith(text: string): string {
    const place = path.join(folder, String(reports++))
    mkdirSync(place)
    writeFileSync(streakFile(place), text)
    return place
  }

  test('are those of the file, as long as the budgets are those that it is about', () => {
    const { date } = budgets.tuned
    const file = { schemaVersion: 1, tuned: date, streaks: { [name]: 2 } }
    expect(readStreaks(reportsWith(JSON.stringify(file)), budgets, fail)).toEqual({ [name]: 2 })
    expect(readStreaks(reportsWith(JSON.stringify({ ...file, tuned: '2020-01-01' })), budgets, fail)).toEqual({})
    expect(readStreaks(reportsWith(JSON.stringify({ ...file, schemaVersion: 2 })), budgets, fail)).toEqual({})
  })

  test('are none where another thing stands', () => {
    expect(readStreaks(reportsWith('{}'), budgets, fail)).toEqual({})
  })

  test.each(['', '{"schemaVersion":1', 'null'])(
    'are none where nothing readable is left, which is said: %j',
    (text) => {
      const reports = reportsWith(text)
      const said: string[] = []
      expect(readStreaks(reports, budgets, (message) => said.push(message))).toEqual({})
      expect(said).toEqual([
        `${streakFile(reports)} is not what a run leaves there, so that inconclusive runs running are counted from this one on`,
      ])
    },
  )

  test('are none where there was no run', () => {
    expect(readStreaks(path.join(folder, 'no-such-folder'), budgets, fail)).toEqual({})
  })
})

describe('a budget', () => {
  test('is blind in the third run running in which it is inconclusive, and fails then', () => {
    const verdict = verdictOf('inconclusive')
    expect(withBlindness(verdict, {})).toBe(verdict)
    expect(withBlindness(verdict, { [name]: 1 })).toBe(verdict)
    const blind = withBlindness(verdict, { [name]: 2 })
    expect(blind).toEqual({
      ...verdict,
      blind: true,
      reason: 'too noisy; blind: inconclusive in 3 runs running, so it gates nothing until it is retuned',
    })
    expect(withBlindness(verdict, { [name]: 6 }).reason).toContain('in 7 runs running')
    expect([verdict, blind].map((each) => isFailure(each, false))).toEqual([false, true])
  })

  test('is not blind for the streak of another', () => {
    const verdict = verdictOf('inconclusive', { scenario: 'small-64' })
    expect(withBlindness(verdict, { [name]: 5 })).toBe(verdict)
  })

  test.each(['pass', 'regressed', 'invalid'] as const)('that is %s is not blind, whatever was before', (state) => {
    const verdict = verdictOf(state)
    expect(withBlindness(verdict, { [name]: 5 })).toBe(verdict)
  })
})

describe('after a run', () => {
  test('the streak of what was inconclusive is longer, that of what was decided is over', () => {
    const before = { [name]: 1, 'axios small-4, request bytes': 2, 'axios small-4, response bytes': 2 }
    const after = streaksAfter(before, [
      verdictOf('inconclusive'),
      verdictOf('pass', { budget: 'request bytes' }),
      verdictOf('regressed', { budget: 'response bytes' }),
      verdictOf('inconclusive', { budget: 'throughput per second' }),
    ])
    expect(after).toEqual({ [name]: 2, 'axios small-4, throughput per second': 1 })
  })

  test('what it measured nothing about keeps its streak', () => {
    const { measured: _, ...unmeasured } = verdictOf('pass')
    expect(streaksAfter({ [name]: 2 }, [unmeasured])).toEqual({ [name]: 2 })
    expect(streaksAfter({ [name]: 2 }, [])).toEqual({ [name]: 2 })
  })
})
