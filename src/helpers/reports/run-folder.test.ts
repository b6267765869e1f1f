import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { measurementOf } from '../budgets/test-measurement.ts'
import { leaveReport, RunFolder, readRunContext } from './run-folder.ts'

const options = { seed: 42, strict: true, keep: 10, capSeconds: 60 }

test('tests read what the run was asked for, and their reporter takes what they left, each report once and in order', async () => {
  using folder = new RunFolder('/project', options)
  expect(readRunContext(folder.path)).toEqual({ ...options, root: '/project', startFile: folder.context.startFile })
  const reports = [
    { entries: [{ measurement: measurementOf(), verdicts: [] }], codes: [] },
    { entries: [], codes: ['WIREGAUGE_USAGE'] },
    { entries: [], codes: ['WIREGAUGE_CAP'] },
  ]
  expect(folder.takeReports()).toEqual([])
  for (const report of reports.slice(0, 2)) {
    leaveReport(folder.path, report)
    await setTimeout(2)
  }
  expect(folder.takeReports()).toEqual(reports.slice(0, 2))
  for (const report of reports.slice(2)) leaveReport(folder.path, report)
  expect(folder.takeReports()).toEqual(reports.slice(2))
})

test('the folder goes with the run', () => {
  const folder = new RunFolder('/project', options)
  expect(existsSync(folder.path)).toBe(true)
  folder[Symbol.dispose]()
  folder[Symbol.dispose]()
  expect(existsSync(folder.path)).toBe(false)
})
