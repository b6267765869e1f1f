import { fork } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { BenchmarkGroup } from 'vitest'
import { siblingModule } from '../../sibling-module.ts'
import { configuration, configurationProblem, handedOn } from './configuration.ts'
import type { HostMessage, HostTask, Replicate } from './replicate.ts'

/** What fresh processes measured of a test. */
export interface FreshProcesses {
  readonly replicates: readonly Replicate[]
  /** Why there are none, or fewer than asked for. */
  readonly lack?: string
  /** That the test failed in one of them, after which there are no more. */
  readonly failure?: Extract<HostMessage, { kind: 'failed' }>
}

interface Asked {
  readonly processes: number
  readonly seed: number
  readonly endByMs?: number
  readonly signal: AbortSignal
}

/** Of what Vitest's main process sets for its workers, and another main process has to set anew. */
const ofWorkers = ['VITEST', 'VITEST_MODE', 'VITEST_POOL_ID', 'VITEST_WORKER_ID', 'TEST', 'FORCE_TTY']

/** After it is asked to end, it may take so long to end its own workers. */
const graceMs = 3_000

/**
 * Runs a test in fresh processes, one after the other, and collects what each measured.
 *
 * @param asked.signal Ends them. Rejects with its reason.
 */
export async function freshProcesses(test: BenchmarkGroup['test'], asked: Asked): Promise<FreshProcesses> {
  const { signal, ...task } = asked
  const host = fork(hostFile, {
    env: hostEnvironment(process.env),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const replicates: Replicate[] = []
  let lack: string | undefined
  let failure: FreshProcesses['failure']
  let said = ''
  const stop = (): void => {
    host.kill('SIGTERM')
    setTimeout(() => host.kill('SIGKILL'), graceMs).unref()
  }
  signal.addEventListener('abort', stop)
  try {
    host.stderr?.on('data', (chunk) => {
      said += chunk
    })
    host.on('message', (message: HostMessage) => {
      if (message.kind === 'replicate') replicates.push(message.replicate)
      else if (message.kind === 'failed') failure = message
      else if (message.kind === 'lack') lack = message.reason
      else lack = `the time limit of the test leaves no room for ${task.processes} of them`
    })
    const code = await new Promise<number | null>((resolve, reject) => {
      host.on('error', reject)
      // Not "exit": what it sent may still be on its way.
      host.on('close', resolve)
      host.send({ ...task, ...whereabouts(test) } satisfies HostTask)
    })
    signal.throwIfAborted()
    if (lack === undefined && failure === undefined && replicates.length < task.processes) {
      lack = `the process that starts them ended with code ${code}${said === '' ? '' : `: ${said.trim().split('\n')[0]}`}`
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
  // Under another configuration a failure says nothing of the test.
  const wrong = problemOf([...replicates, ...(failure?.replicate === undefined ? [] : [failure.replicate])])
  if (wrong !== undefined) return { replicates: [], lack: wrong }
  return { replicates, ...(lack !== undefined && { lack }), ...(failure && { failure }) }
}

const hostFile = fileURLToPath(siblingModule(import.meta.url, './replicate-host'))

function whereabouts({ id, file }: BenchmarkGroup['test']) {
  const { filepath, name, projectName = '' } = file
  const root = filepath.endsWith(name) ? path.posix.normalize(filepath.slice(0, -name.length - 1)) : process.cwd()
  const { WIREGAUGE_VITEST_CONFIG: given } = process.env
  const places = given ? [path.resolve(given)] : [...new Set([process.cwd(), ...withAncestors(root)])]
  return { places, project: projectName, root, moduleId: filepath, testId: id, settings: handedOn() }
}

function withAncestors(folder: string): readonly string[] {
  const parent = path.dirname(folder)
  return parent === folder ? [folder] : [folder, ...withAncestors(parent)]
}

function hostEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(own).filter(([name]) => !ofWorkers.includes(name)))
}

/** What keeps replicates from counting: another configuration, or a process that measured twice. */
function problemOf(replicates: readonly Replicate[]): string | undefined {
  const own = configuration()
  const problem = replicates
    .map((each) => configurationProblem(own, each.configuration))
    .find((each) => each !== undefined)
  if (problem !== undefined) return problem
  const pids = new Set(replicates.map(({ pid }) => pid))
  return pids.size < replicates.length ? 'Vitest ran the file twice in one process' : undefined
}
