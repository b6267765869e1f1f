import process from 'node:process'

/** Of the configuration of a run: what differs by design between a run and the fresh processes that measure for it. */
const ofTheRun = new Set([
  'allowOnly',
  'api',
  'attachmentsDir',
  'bail',
  'color',
  'coverage',
  'detectAsyncLeaks',
  'disableColors',
  'disableConsoleIntercept',
  'inspect',
  'inspectBrk',
  'inspector',
  'isolate',
  'logHeapUsage',
  'maxWorkers',
  'mergeReportsLabel',
  'passWithNoTests',
  'pool',
  'printConsoleTrace',
  'retry',
  'sequence',
  'slowTestThreshold',
  'snapshotOptions',
  'standalone',
  'tagsFilter',
  'testNamePattern',
  'watch',
])

/**
 * What decides how a file is run in this worker: Vitest's configuration of the project, and Node with its flags. With
 * equal texts a fresh process may have found the configuration of the run, whose file no worker is told; what Vite made of the
 * code is compared besides (`loaded-code.ts`). Vitest has no public name for
 * it; where the field is gone, nothing is compared but Node.
 */
export function configuration(): string {
  const settings = Object.entries(workerConfig()).filter(([name]) => !ofTheRun.has(name))
  return JSON.stringify({ ...Object.fromEntries(settings), node: process.version, execArgv: process.execArgv })
}

/**
 * Why a fresh process with its configuration does not count for one with ours; undefined where they are equal. Names the first
 * setting that differs.
 */
export function configurationProblem(ours: string, theirs: string): string | undefined {
  const [one, other]: Record<string, unknown>[] = [JSON.parse(ours), JSON.parse(theirs)]
  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])
  const setting = [...names].find((name) => JSON.stringify(one?.[name]) !== JSON.stringify(other?.[name]))
  if (setting === undefined) return undefined
  return (
    `they came up with another \`${setting}\`; if it is an option of the command line, write it into the configuration file, ` +
    'else name the file of this run in WIREGAUGE_VITEST_CONFIG'
  )
}

/** Settings that often come from the command line, which no worker is told; fresh processes are started with them. */
export interface HandedOn {
  readonly globals?: boolean
  readonly mode?: string
  readonly testTimeout?: number
}

/** What fresh processes have to be told of this worker's configuration. */
export function handedOn({ globals, env, testTimeout }: WorkerConfig = workerConfig()): HandedOn {
  return {
    ...(globals !== undefined && { globals }),
    ...(env?.MODE !== undefined && { mode: env.MODE }),
    // Infinity does not come over.
    ...(Number.isFinite(testTimeout) && { testTimeout }),
  }
}

/**
 * Why the pool of this worker has no fresh processes; undefined where it may have. Code in a context of node:vm is compiled and
 * reaches globals in another way, and its workers are used again.
 */
export function poolProblem({ pool }: WorkerConfig = workerConfig()): string | undefined {
  if (pool !== 'vmForks' && pool !== 'vmThreads') return undefined
  return `the pool ${pool} runs code in a node:vm context and has none; set \`pool\` to "forks" for benchmarks`
}

/** As far as it is read here. */
interface WorkerConfig {
  readonly pool?: string
  readonly globals?: boolean
  readonly env?: { readonly MODE?: string }
  readonly testTimeout?: number
}

function workerConfig(): WorkerConfig {
  return (globalThis as { __vitest_worker__?: { config?: WorkerConfig } }).__vitest_worker__?.config ?? {}
}
