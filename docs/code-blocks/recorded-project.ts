import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { nullOf, recordOf } from '../../src/cli/tune/test-tuning.ts'
import type { TunedScenario } from '../../src/helpers/budgets/budget-file.ts'
import { judgeStated } from '../../src/helpers/budgets/stated.ts'
import { budgetFileOf, judgingBy, loadOf } from '../../src/helpers/budgets/test-measurement.ts'
import { newRunRecord } from '../../src/helpers/reports/run-record.ts'
import type { TestFolder } from '../../src/helpers/trees/test-folder.ts'
import { repository } from './blocks.ts'
import { readersProject } from './readers-project.ts'

const stated = { tolerates: '40 %', catches: '80 %' } as const

const spec = `import { expect, test } from 'vitest'
import { axios, measure, smallJson } from 'wiregauge'

test('axios', async () => {
  const result = await measure(axios, smallJson({ inFlight: 4 }))
  await expect(result).toReach('http', ${JSON.stringify(stated)})
  await expect(result).toCost({ requestBytes: 'unchanged' })
})
`

/** What {@link runs} measured. */
const tuned: TunedScenario = {
  against: { http: { expected: 0.2, scatter: 0.09, replicates: 8 } },
  requestBytes: { expected: 190 },
}

/**
 * A reader's project whose gate has run: the command is installed, a spec has its budgets, and its runs lie where the pages look
 * for them. So commands that read results run, and nothing is measured. What opens a browser does nothing.
 */
export function recordedProject(): TestFolder {
  const project = readersProject()
  project.write('perf/axios.test.ts', spec)
  const budgets = budgetFileOf(tuned)
  const { machine } = newRunRecord(1)
  project.write('perf/budgets.json', {
    ...budgets,
    tuned: { ...budgets.tuned, machine: { ...budgets.tuned.machine, class: machine.class }, node: machine.node },
  })
  for (const [index, record] of runs().entries()) {
    for (const folder of ['reports/history', 'reports/runs', 'downloads/linux'])
      project.write(`${folder}/${index}.json`, record)
  }
  // Of three shards one had no file.
  const [one = {}] = runs()
  project.write('reports/shards/1.json', one)

  const commands = path.join(project.root, 'node_modules/.bin')
  mkdirSync(commands)
  symlinkSync(path.join(repository, 'bin/wiregauge.js'), path.join(commands, 'wiregauge'))
  for (const opener of ['open', 'xdg-open'])
    chmodSync(project.write(`node_modules/.bin/${opener}`, '#!/bin/sh\n'), 0o755)
  return project
}

/** Two runs in which axios made some 2,000 requests a second beside 10,000 of http. */
function runs() {
  const rates = [
    [2_000, 2_040, 1_960, 2_000],
    [2_010, 1_990, 2_050, 1_950],
  ]
  return rates.map((ofRun, run) => {
    const startedAt = `2026-11-2${run}T10:00:00.000Z`
    const load = ofRun.map((rate, seed) => ({ seed, clients: [loadOf('axios', rate), loadOf('http', 10_000)] }))
    const measurement = nullOf(undefined, { load, startedAt })
    const budgets = { against: new Map([['http', stated]]), costs: { requestBytes: 'unchanged' } } as const
    const verdicts = judgeStated(measurement, budgets, judgingBy(tuned))
    return recordOf([], { startedAt, entries: [{ measurement, verdicts }] })
  })
}
