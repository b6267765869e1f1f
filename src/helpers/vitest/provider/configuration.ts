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
  const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: { config?: object } }
  const settings = Object.entries(worker?.config ?? {}).filter(([name]) => !ofTheRun.has(name))
  return JSON.stringify({ ...Object.fromEntries(settings), node: process.version, flags: process.execArgv })
}

/** The first setting in which two configurations differ; undefined where they are equal. */
export function differingSetting(one: string, other: string): string | undefined {
  const [ours, theirs]: Record<string, unknown>[] = [JSON.parse(one), JSON.parse(other)]
  const names = new Set([...Object.keys(ours ?? {}), ...Object.keys(theirs ?? {})])
  return [...names].find((name) => JSON.stringify(ours?.[name]) !== JSON.stringify(theirs?.[name]))
}
