/** Node flags of every measuring process; recorded with each result, because heap flags change what is measured. */
export const measuringFlags: readonly string[] = [
  // Two trees, two instances: libraries are resolved against a given root.
  '--experimental-import-meta-resolve',
  '--no-warnings',
]

/**
 * Variables that a measuring process may see. All else stays out: clients read proxies and `NODE_ENV`, and Vitest's
 * workers carry `NODE_OPTIONS` of their own.
 */
const allowed = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ']

/** The environment of a measuring process, the same from Vitest and from the command. */
export function measuringEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    allowed.flatMap((name) => {
      const value = own[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
