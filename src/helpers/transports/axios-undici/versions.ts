interface Supported {
  /** In words. */
  readonly range: string
  /** What to install in the place of one that is not supported. */
  readonly install: string
  readonly has: (version: Version) => boolean
}

interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Of a version before its release, `beta.1`; empty for a release. */
  readonly before: string
}

/** What the adapter is made for: from the first version of each that has everything it uses. */
const supported: Readonly<Record<'axios' | 'undici', Supported>> = {
  axios: {
    range: '1.7 or a later 1.x',
    install: '1',
    has: ({ major, minor, patch, before }) =>
      major === 1 && (minor > 7 || (minor === 7 && (patch > 0 || before === ''))),
  },
  undici: {
    range: '7 or 8',
    install: '8',
    has: ({ major, minor, patch, before }) => major === 8 || (major === 7 && (minor > 0 || patch > 0 || before === '')),
  },
}

/** A package beside this one that is too old or too new. */
export class UnsupportedVersionError extends Error {
  readonly code = 'ERR_UNSUPPORTED_VERSION'
  override readonly name = 'UnsupportedVersionError'
}

/**
 * @throws {UnsupportedVersionError} that says which version there is and which it takes.
 */
export function requireVersion(library: keyof typeof supported, version: string): void {
  const { range, install, has } = supported[library]
  const [, major, minor, patch, before = ''] = /^(\d+)\.(\d+)\.(\d+)(?:-(.+))?$/.exec(version) ?? []
  if (has({ major: Number(major), minor: Number(minor), patch: Number(patch), before })) return
  throw new UnsupportedVersionError(
    `undiciAdapter works with ${library} ${range}, and here is ${library} ${version}; install ${library}@${install}`,
  )
}
