import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { measuringEnvironment, measuringFlags } from '../../src/helpers/measure/environment.ts'
import type { ArmName } from './arms.ts'
import type { Estimate, Setting } from './setting.ts'
import { estimatesOf, type Latency } from './tinybench.ts'

const run = promisify(execFile)

/** Measures a pair in fresh processes of its own. */
type Method = (setting: Setting) => Promise<readonly Estimate[]>

/** Every method, each with the flags and in the kind of process that its documentation asks for. */
export const methods: Readonly<Record<string, Method>> = {
  wiregauge: (setting) => measuringProcess('wiregauge', setting),
  tinybench: (setting) => measuringProcess('tinybench', setting),
  vitest: vitestBench,
  // "Run with manual garbage collection enabled (e.g. node --expose-gc …)": mitata's README, Recommendations.
  mitata: (setting) => measuringProcess('mitata', setting, ['--expose-gc']),
  'separate processes': separateProcesses,
}

/** Base, then head, each in a process of its own that knows nothing of the other, as two CI jobs or two steps do it. */
async function separateProcesses(setting: Setting): Promise<readonly Estimate[]> {
  const latency = (arm: ArmName) => measuringProcess<Latency>(arm, setting)
  const reference = await latency('reference')
  const current = await latency('current')
  return estimatesOf('separate processes', { reference, current })
}

async function measuringProcess<Result = readonly Estimate[]>(
  method: string,
  setting: Setting,
  flags: readonly string[] = [],
): Promise<Result> {
  const script = fileURLToPath(new URL('./process.ts', import.meta.url))
  const output = await node([...measuringFlags, ...flags, script, method, JSON.stringify(setting)], setting)
  return JSON.parse(output)
}

/** A real `vitest bench`, the command of its guide, in the environment that every measuring process has. */
async function vitestBench(setting: Setting): Promise<readonly Estimate[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-peers-'))
  const output = path.join(folder, 'estimates.json')
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const config = fileURLToPath(new URL('./vitest.config.ts', import.meta.url))
  try {
    await node([vitest, 'bench', '--run', '--config', config, '--root', path.dirname(config)], setting, {
      WIREGAUGE_PEER_SETTING: JSON.stringify(setting),
      WIREGAUGE_PEER_OUTPUT: output,
    })
    return JSON.parse(readFileSync(output, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Start, warm-ups and end of a process take a few seconds; one that takes so long beyond its measuring time hangs. */
const overheadMs = 60_000

/** What a process says on stdout. Rejects with what it said when it fails. */
async function node(
  args: readonly string[],
  { durationMs }: Setting,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await run(process.execPath, args, {
    env: { ...measuringEnvironment(process.env), ...environment },
    timeout: durationMs + overheadMs,
    killSignal: 'SIGKILL',
  })
  return stdout
}
