import { type NpmRun, type NpmSettings, runNpm } from './npm.ts'
import { describePackages } from './version-lock.ts'

/** A version of a package in the registry. */
export interface PublishedVersion {
  readonly version: string
  readonly prerelease: boolean
  /** Why it should not be used, in its author's words; absent when it is not deprecated. Untrusted text. */
  readonly deprecated?: string
}

/** What npm tells of one version. */
interface Fields {
  readonly version: string
  readonly deprecated?: string | boolean
}

/** The most characters of one range. Windows takes 32,767 in a whole command line. */
const rangeCharacters = 8_000

/**
 * The versions of a package in the registry that npm is configured for, in the order of semantic versions, which is
 * npm's own.
 *
 * @throws one of the errors of npm-error.ts.
 */
export async function publishedVersions(
  name: string,
  { signal, npm }: { readonly signal: AbortSignal; readonly npm?: NpmSettings },
): Promise<readonly PublishedVersion[]> {
  describePackages({ [name]: '*' })
  const run = { folder: npm?.project ?? process.cwd(), asked: name, signal, npm }
  const versions = listOf<string>(await runNpm(['view', name, 'versions'], run))
  const reasons = new Map<string, string>()
  for (const range of rangesOf(versions)) {
    for (const { version, deprecated } of await deprecationsIn(`${name}@${range}`, run)) {
      if (deprecated) reasons.set(version, String(deprecated))
    }
  }
  return versions.map((version) => {
    const deprecated = reasons.get(version)
    return { version, prerelease: isPrerelease(version), ...(deprecated === undefined ? {} : { deprecated }) }
  })
}

/** The name is asked for because npm leaves out all fields but the first when the first version has that one alone. */
async function deprecationsIn(spec: string, run: NpmRun): Promise<readonly Fields[]> {
  return listOf<Fields>(await runNpm(['view', spec, 'name', 'version', 'deprecated'], run))
}

/**
 * Ranges that hold every version between them. A pre-release is in a range only when that names a pre-release of the same
 * version (https://github.com/npm/node-semver#prerelease-tags); `-0` comes before all others.
 * `*` would hold no pre-release whatever stands beside it, for the whole is then taken for `*`.
 */
export function rangesOf(versions: readonly string[]): readonly string[] {
  const prereleased = new Set(versions.filter(isPrerelease).map((version) => version.replace(/-.*$/, '')))
  const ranges = ['0.0.0 || >0.0.0']
  for (const version of prereleased) {
    const range = `>=${version}-0 <${version}`
    const last = ranges[ranges.length - 1] ?? ''
    if (last.length + range.length > rangeCharacters) ranges.push(range)
    else ranges[ranges.length - 1] = `${last} || ${range}`
  }
  return ranges
}

/** npm writes a list of one as that one, and nothing for none. */
function listOf<Item>(json: string): readonly Item[] {
  if (json.trim() === '') return []
  const value = JSON.parse(json) as Item | readonly Item[]
  return Array.isArray(value) ? value : [value as Item]
}

/** What follows a hyphen, other than in build metadata: https://semver.org/#spec-item-9. */
export function isPrerelease(version: string): boolean {
  return /^[^+]*-/.test(version)
}
