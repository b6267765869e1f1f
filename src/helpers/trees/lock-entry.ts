/**
 * A package in a lock of npm, as far as it matters here:
 * https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages
 */
export interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  /** True for a link: `resolved` is then the place of what it leads to. */
  readonly link?: boolean
  /** Whether an installation may lack it: needed by optional packages alone, `devOptional` by those for developing as well. */
  readonly optional?: boolean
  readonly devOptional?: boolean
  /** Whether only peer dependencies lead to it, which npm can be told to leave out. */
  readonly peer?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** By place in the tree, `node_modules/axios`; the tree's own entry has the place ''. */
export type LockEntries = Readonly<Record<string, LockEntry>>
