import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { budgetFileOf, judgingBy, measurementOf } from '../budgets/test-measurement.ts'
import { judgePerSecond } from '../budgets/throughput.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { readStreaks, streakFile, withBlindness } from '../session/streaks.ts'
import { writeStreaks } from './write-streaks.ts'

let reports: string
beforeEach(() => {
  reports = path.join(mkdtempSync(path.join(os.tmpdir(), 'wiregauge-write-streaks-')), 'reports')
})
afterEach(() => rmSync(path.dirname(reports), { recursive: true }))

const budgets = budgetFileOf()
const name = 'axios small-4, throughput per second'
const decided = judgePerSecond(measurementOf(), 800, judgingBy())
const undecided: Verdict = { ...decided, state: 'inconclusive', treeChanged: false }

test('what a run could not decide stands in a file of its own, with the tuning that it is about', () => {
  writeStreaks(reports, budgets, [undecided], expect.unreachable)
  expect(readdirSync(reports)).toEqual(['inconclusive.json'])
  expect(JSON.parse(readFileSync(path.join(reports, 'inconclusive.json'), 'utf8'))).toEqual({
    schemaVersion: 1,
    tuned: '2026-11-22',
    streaks: { [name]: 1 },
  })
})

test('the third run running that cannot decide a budget finds it blind', () => {
  const blind = [1, 2, 3].map(() => {
    const verdict = withBlindness(undecided, readStreaks(reports, budgets, expect.unreachable))
    writeStreaks(reports, budgets, [verdict], expect.unreachable)
    return verdict.blind ?? false
  })
  expect(blind).toEqual([false, false, true])
})

test('a run that decides it ends the streak', () => {
  writeStreaks(reports, budgets, [undecided], expect.unreachable)
  writeStreaks(reports, budgets, [decided], expect.unreachable)
  expect(readStreaks(reports, budgets, expect.unreachable)).toEqual({})
})

test('streaks that cannot be written are told, and end nothing', () => {
  mkdirSync(streakFile(reports), { recursive: true })
  const said: string[] = []
  writeStreaks(reports, budgets, [undecided], (message) => said.push(message))
  expect(said).toEqual([
    `${streakFile(reports)} cannot be written: it is a folder; inconclusive runs running are counted without this one`,
  ])
})

test('the streaks begin anew when the budgets were tuned since', () => {
  writeStreaks(reports, budgets, [undecided], expect.unreachable)
  writeStreaks(reports, budgets, [undecided], expect.unreachable)
  const retuned = { tuned: { ...budgets.tuned, date: '2026-12-24' } }
  writeStreaks(reports, retuned, [undecided], expect.unreachable)
  expect(readStreaks(reports, retuned, expect.unreachable)).toEqual({ [name]: 1 })
})
