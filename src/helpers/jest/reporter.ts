/**
 * The reporter of a Jest run with budgets: `reporters: ['default', 'wiregauge/jest/reporter']`, beside the set-up file
 * `wiregauge/jest`.
 *
 * @module
 */

import vm from 'node:vm'
import { exitCodes } from '../budgets/exit-code.ts'
import { type JestFile, type JestResults, ProjectRuns } from './project-runs.ts'

/** What Jest tells reporters of its configuration, as far as it matters here. */
interface JestConfig {
  readonly testNamePattern?: string
}

/** What Jest itself says then is about the set-up file, and of other ways, which all are none. */
const withoutModules =
  'Jest loads ES modules, as wiregauge is one, only when Node is started with --experimental-vm-modules: ' +
  '`NODE_OPTIONS=--experimental-vm-modules npx jest`'

/**
 * Jest reporter beside the default one: `reports/latest.json` as results come, a line for each measurement, the tables at the
 * end, and the exit code of the run (`docs/reading-a-verdict.md`). Each of several `projects` has its own record and tables.
 */
export default class WiregaugeReporter {
  readonly #config: JestConfig
  #runs: ProjectRuns | undefined

  constructor(config: JestConfig) {
    this.#config = config
  }

  onRunStart(): void {
    const runs = new ProjectRuns({ out: process.stdout, progress: process.stderr })
    this.#runs = runs
    process.on('exit', (exitCode) => runs.cutOff(exitCode))
    if (!('SourceTextModule' in vm)) process.stderr.write(`wiregauge: ${withoutModules}\n`)
    // Jest has none, and without one nothing is told at the exit.
    process.once('SIGINT', () => process.exit(130))
  }

  onTestFileStart(file: JestFile): void {
    this.#runs?.begin(file)
  }

  onTestCaseResult(): void {
    this.#runs?.update()
  }

  onRunComplete(_contexts: unknown, results: JestResults): void {
    const exitCode = this.#runs?.end(results, this.#config.testNamePattern !== undefined)
    // What passes by budgets may have failed by what Jest alone knows of, as a threshold of coverage.
    if (exitCode !== undefined && exitCode !== exitCodes.pass) setExitCode(exitCode)
  }
}

/**
 * Jest sets its own code, 1 for any failure, at the exit, by a listener that it adds after its reporters have ended. So ours is
 * added once more when everything is done; that a process which is made to exit (`--forceExit`) never comes to, and there the
 * last word is Jest's.
 */
function setExitCode(exitCode: number): void {
  const set = (): void => {
    process.exitCode = exitCode
  }
  process.on('exit', set)
  process.once('beforeExit', () => {
    process.off('exit', set)
    process.on('exit', set)
  })
}
