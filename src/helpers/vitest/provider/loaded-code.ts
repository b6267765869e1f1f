import { hash } from 'node:crypto'

/** What a worker runs, by the ids of modules: a digest of the code that Vite made of each, or the address of what Node itself loads. */
export type LoadedCode = Readonly<Record<string, string>>

/** As far as it is read here. Vitest has no public name for it. */
interface Worker {
  readonly evaluatedModules?: { readonly idToModuleMap?: ReadonlyMap<string, { readonly meta?: object }> }
}

/** Maps of sources and notes of Vite, which nothing runs. */
const notes = /^\/\/# .*$/gm

/**
 * What this worker has loaded so far. Aliases, plugins, definitions and modes all come to code, while no worker is told the
 * configuration file that they stand in. Empty where Vitest does not load modules through Vite.
 */
export function loadedCode(worker = (globalThis as { __vitest_worker__?: Worker }).__vitest_worker__): LoadedCode {
  const modules = [...(worker?.evaluatedModules?.idToModuleMap ?? [])]
  return Object.fromEntries(modules.map(([id, { meta = {} }]) => [id, codeOf(meta)]))
}

function codeOf(meta: { readonly code?: unknown; readonly externalize?: unknown }): string {
  if (typeof meta.code === 'string') return hash('sha1', meta.code.replace(notes, ''))
  return typeof meta.externalize === 'string' ? meta.externalize : ''
}

/**
 * Why what a fresh process had loaded is not what this one has; undefined where it is the same. This one may have loaded more,
 * because it runs the other tests of the file, too.
 *
 * @param file The test's, which both must have loaded; without it, nothing is known.
 */
export function codeProblem(file: string, own: LoadedCode, fresh: LoadedCode): string | undefined {
  if (own[file] === undefined || fresh[file] === undefined) return 'Vitest does not tell which code they ran'
  // A module that is only there says more than the file that imports it from there.
  const ids = Object.keys(fresh).filter((each) => own[each] !== fresh[each])
  const id = ids.find((each) => own[each] === undefined) ?? ids[0]
  if (id === undefined) return undefined
  const what = own[id] === undefined ? `loaded ${id}, which this run did not` : `ran other code of ${id} than this run`
  return `they ${what}; name the configuration file of this run in WIREGAUGE_VITEST_CONFIG`
}
