/**
 * The reporter of a Jest run with budgets: `reporters: ['default', 'wiregauge/jest/reporter']`, beside the set-up file
 * `wiregauge/jest`.
 *
 * @module
 */

import vm from 'node:vm'
import { exitCodes } from '../budgets/exit-code.ts'
import { RunKeeper } from '../runner/run-keeper.ts'

/** What Jest tells reporters of its configuration, as far as it matters here. */
interface JestConfig {
  readonly rootDir: string
  readonly testNamePattern?: string
}

/** The results of a run of Jest, as far as they matter here. */
interface JestResults {
  readonly numFailedTests: number
  readonly numRuntimeErrorTestSuites: number
  readonly wasInterrupted: boolean
  readonly testResults: readonly { readonly testFilePath: string; readonly testExecError?: unknown }[]
}

/** What Jest itself says then is about the set-up file, and of other ways, which all are none. */
const withoutModules =
  'Jest loads ES modules, as wiregauge is one, only when Node is started with --experimental-vm-modules: ' +
  '`NODE_OPTIONS=--experimental-vm-modules npx jest`'

/**
 * Jest reporter beside the default one: `reports/latest.json` as results come, a line for each measurement, the tables at the
 * end, and the exit code of the run (DESIGN section 5).
 */
export default class WiregaugeReporter {
  readonly #config: JestConfig
  #keeper: RunKeeper | undefined

  constructor(config: JestConfig) {
    this.#config = config
  }

  onRunStart(): void {
    this.#keeper = new RunKeeper(this.#config.rootDir, { out: process.stdout, progress: process.stderr })
    if (!('SourceTextModule' in vm)) process.stderr.write(`wiregauge: ${withoutModules}\n`)
    // Jest has none, and without one nothing is told at the exit.
    process.once('SIGINT', () => process.exit(130))
  }

  onTestCaseResult(): void {
    this.#keeper?.update()
  }

  onRunComplete(_contexts: unknown, results: JestResults): void {
    const { testResults, numFailedTests, numRuntimeErrorTestSuites, wasInterrupted } = results
    const exitCode = this.#keeper?.end({
      files: testResults.map(({ testFilePath }) => testFilePath),
      filtered: this.#config.testNamePattern !== undefined,
      failures: numFailedTests + numRuntimeErrorTestSuites,
      loading: testResults.flatMap(({ testExecError }) => testExecError ?? []),
      interrupted: wasInterrupted,
    })
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
