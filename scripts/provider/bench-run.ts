import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { measuringEnvironment } from '../../src/helpers/measure/environment.ts'

const run = promisify(execFile)

export type ProviderName = 'vitest' | 'wiregauge'

/** What one run of the file said of one test with two benchmarks. */
export interface BenchEstimate {
  readonly provider: ProviderName
  readonly test: string
  /** What was taken from the result, e.g. `median`. */
  readonly statistic: string
  /** ln of throughput of `head` / `base`. */
  readonly logRatio: number
}

/** Of the JSON report: what is read of it. */
interface JsonReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly benchmarks: readonly { readonly tasks: readonly Task[] }[]
      readonly meta: { readonly wiregaugeBench?: readonly Summary[] }
    }[]
  }[]
}

interface Task {
  readonly name: string
  readonly latency: { readonly mean: number; readonly p50: number }
}

interface Summary {
  readonly lack?: string
  readonly comparisons: readonly { readonly lessTime: { readonly estimate: number } }[]
}

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const folder = fileURLToPath(new URL('../../fixtures/bench/', import.meta.url))

/** Two tests of Vitest's own provider take 5 seconds, those of ours 20; one that takes so long hangs. */
const limitMs = 300_000

/** A real `vitest bench` of `fixtures/bench` in a fresh process. Rejects with what it said when a test fails. */
export async function benchRun(provider: ProviderName): Promise<readonly BenchEstimate[]> {
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-provider-'))
  const output = path.join(temporary, 'report.json')
  try {
    await run(process.execPath, [vitest, 'bench', '--run', '--reporter=json', `--outputFile=${output}`, 'pair'], {
      cwd: folder,
      env: { ...measuringEnvironment(process.env), WIREGAUGE_BENCH_PROVIDER: provider, NO_COLOR: '1' },
      timeout: limitMs,
      killSignal: 'SIGKILL',
    })
    return estimatesIn(JSON.parse(readFileSync(output, 'utf8')), provider)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function estimatesIn({ testResults }: JsonReport, provider: ProviderName): readonly BenchEstimate[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ title, benchmarks, meta }) => {
      const tasks = benchmarks.flatMap((benchmark) => benchmark.tasks)
      const [base, head] = ['base', 'head'].map((name) => tasks.find((task) => task.name === name))
      if (base === undefined || head === undefined) throw new Error(`${title}: a benchmark is missing in the report`)
      const of = (statistic: string, logRatio: number): BenchEstimate => ({
        provider,
        test: title,
        statistic,
        logRatio,
      })
      if (provider === 'vitest') {
        return [
          of('mean, which toBeFasterThan compares', Math.log(base.latency.mean / head.latency.mean)),
          of('median', Math.log(base.latency.p50 / head.latency.p50)),
        ]
      }
      const [summary] = meta.wiregaugeBench ?? []
      const less = summary?.comparisons[0]?.lessTime.estimate
      if (less === undefined || summary?.lack !== undefined)
        throw new Error(`${title}: ${summary?.lack ?? 'no interval'}`)
      return [of('estimate, whose interval toBeFasterThan takes', -Math.log1p(-less))]
    })
}
