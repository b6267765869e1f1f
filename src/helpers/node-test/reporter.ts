/**
 * The reporter of a run of node:test with budgets, `--test-reporter=wiregauge/node-test/reporter`, beside another one; each has a
 * `--test-reporter-destination`.
 *
 * @module
 */

import type { TestEvent } from 'node:test/reporters'
import { exitCodes } from '../budgets/exit-code.ts'
import { runVariable } from '../runner/run-at-hand.ts'
import { RunKeeper } from '../runner/run-keeper.ts'

// When it is loaded, and not when its first event comes: by then the processes of the tests may have been started.
const out: string[] = []
const keeper = new RunKeeper(process.cwd(), { out: { write: (text) => out.push(text) }, progress: process.stderr })
process.env[runVariable] = keeper.folder
process.on('exit', (exitCode) => keeper.cutOff(exitCode))

/**
 * Writes `reports/latest.json` as results come, a line for each measurement and the tables at the end, and sets the exit code of
 * the run. Node gives itself the code 1 for any failure, and ours is set after it, at the exit.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Set<string>()
  let failures = 0
  let interrupted = false
  for await (const event of events) {
    if (event.type === 'test:interrupted') interrupted = true
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    if (event.data.file !== undefined) files.add(event.data.file)
    if (event.type === 'test:fail' && isFailure(event.data)) failures++
    keeper.update()
  }
  const filtered = process.execArgv.some((option) => leavesOutTests.test(option))
  const exitCode = keeper.end({ files: [...files], filtered, failures, interrupted })
  // What passes by budgets may have failed by what Node alone knows of, as a threshold of coverage.
  if (exitCode !== undefined && exitCode !== exitCodes.pass) {
    process.on('exit', () => {
      process.exitCode = exitCode
    })
  }
  yield out.join('')
}

const leavesOutTests = /^--(?:experimental-)?test-(?:name-pattern|skip-pattern|only|tag)/

/** Whether it is a failure of its own: those around a failed test fail with it, and one that is to be written yet fails nothing. */
function isFailure({ details, skip, todo }: Extract<TestEvent, { type: 'test:fail' }>['data']): boolean {
  const { error } = details
  const ofSubtests = 'failureType' in error && error.failureType === 'subtestsFailed'
  return !ofSubtests && skip === undefined && todo === undefined
}
