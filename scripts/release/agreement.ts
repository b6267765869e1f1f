/** What a release is made of, as it stands in the tree, and the tag that it is made for. */
export interface Release {
  /** The whole of `package.json`, parsed. */
  readonly manifest: {
    readonly version?: unknown
    readonly private?: unknown
    readonly repository?: { readonly url?: unknown }
  }
  /** The version that `package-lock.json` gives the project itself. */
  readonly lockedVersion: unknown
  /** The text of `CHANGELOG.md`. */
  readonly changelog: string
  /** `v0.1.0`. Absent between releases, when the newest section may have no date yet. */
  readonly tag?: string
  /** Where the repository is, as the workflow knows it. Default: any will do. */
  readonly address?: string
}

/** A heading of Keep a Changelog: `## [0.1.0] - 2026-11-24`, or `unreleased` in the place of the date. */
const heading = /^## \[(?<version>\d+\.\d+\.\d+(?:-[\w.]+)?)\](?: - (?<date>\S+))?\s*$/gm

/**
 * Where the parts of a release disagree, a sentence each; none for a tree from which its tag can be published. The newest
 * section of the changelog is that of the version, and with a tag it has a date.
 */
export function disagreementsOf({ manifest, lockedVersion, changelog, tag, address }: Release): readonly string[] {
  const version = String(manifest.version)
  const newest = [...changelog.matchAll(heading)][0]?.groups
  const { version: written = 'none', date = 'none' } = newest ?? {}
  const problems = [
    lockedVersion !== version && `package-lock.json has version ${lockedVersion}, package.json ${version}`,
    written !== version && `the newest section of CHANGELOG.md is ${written}, the version of package.json ${version}`,
    !isDate(date) && !(tag === undefined && date === 'unreleased') && `CHANGELOG.md dates ${written} ${date}`,
    tag !== undefined && tag !== `v${version}` && `the tag is ${tag}, the version of package.json ${version}`,
    tag !== undefined && wrongRepository(manifest.repository?.url, address),
    tag !== undefined && manifest.private === true && 'package.json is private, and npm publishes nothing',
  ]
  return problems.filter((problem) => problem !== false)
}

/** npm refuses a provenance of another repository than the package names. */
function wrongRepository(url: unknown, address: string | undefined): string | false {
  if (typeof url !== 'string') return 'package.json names no repository.url, which the provenance is held against'
  const named = url.replace(/^git\+/, '').replace(/\.git$/, '')
  return address !== undefined && named !== address && `package.json names the repository ${named}, this is ${address}`
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
