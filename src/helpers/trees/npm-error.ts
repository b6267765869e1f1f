import { stripVTControlCharacters } from 'node:util'
import { UsageError } from '../budgets/usage-error.ts'

/** A package has no such version in the configured registry, or none that npm's configuration allows. */
export class UnknownVersionError extends UsageError {
  override readonly name = 'UnknownVersionError'

  constructor(asked: string, said: NpmSaid) {
    const [, found] = /found for (\S+?)\.?(?:\s|$)/.exec(said.summary) ?? []
    const which = quoted(found ?? asked)
    const because = found === undefined || asked.split(', ').includes(found) ? '' : `, which ${asked} needs,`
    super(
      `${which}${because} is not a published version: ${quoted(said.summary)}. ` +
        `\`npm view ${packageOf(which)} versions\` lists those that are; settings of npm such as \`before\` and ` +
        '`min-release-age` leave out recent ones.',
    )
  }
}

/** A package is not in the configured registry, was unpublished, or is hidden from who is not logged in. */
export class UnknownPackageError extends UsageError {
  override readonly name = 'UnknownPackageError'

  constructor(asked: string, said: NpmSaid) {
    const [, found] = /resource '([^']+)'/.exec(said.detail) ?? []
    super(
      `${quoted(found ?? asked)} is not in the registry that npm is configured for: ${quoted(said.summary)}. Check its name; it ` +
        'may have been unpublished, and a private package needs `npm login` and its registry in `.npmrc`.',
    )
  }
}

/** The registry did not answer, or answered that it cannot at present. */
export class RegistryUnreachableError extends Error {
  readonly code = 'WIREGAUGE_REGISTRY_UNREACHABLE'
  override readonly name = 'RegistryUnreachableError'

  /** npm's code of the cause, e.g. `ECONNREFUSED`. */
  readonly reason: string

  constructor(asked: string, reason: string, summary: string) {
    super(
      `the registry could not be asked for ${asked}, which is not whole in the cache: ${quoted(summary)} (${reason}). ` +
        'Connect to the network, check `npm ping` and the proxy settings of npm, and start again.',
    )
    this.reason = reason
  }
}

/** Nothing more can be written where the cache of versions or npm's own cache lies. */
export class DiskFullError extends Error {
  readonly code = 'WIREGAUGE_DISK_FULL'
  override readonly name = 'DiskFullError'

  constructor(asked: string, folder: string, options?: ErrorOptions) {
    super(
      `the disk was full while ${asked} was installed into ${folder}; what was there before is whole. Make room there ` +
        'and where npm keeps its cache, or set WIREGAUGE_CACHE to a folder on another disk.',
      options,
    )
  }
}

/** npm cannot be started. */
export class NpmMissingError extends Error {
  readonly code = 'WIREGAUGE_NPM_MISSING'
  override readonly name = 'NpmMissingError'

  constructor(command: string, options?: ErrorOptions) {
    super(
      `${command} could not be started, which published versions are installed with; it comes with Node: make sure that ` +
        '`npm --version` works in this terminal.',
      options,
    )
  }
}

/** npm failed for a reason that has no class of its own. */
export class NpmFailedError extends Error {
  readonly code = 'WIREGAUGE_NPM_FAILED'
  override readonly name = 'NpmFailedError'
  /** In npm's words; empty where it says nothing. */
  readonly said: string

  constructor(asked: string, how: string, said: NpmSaid) {
    const words = [said.code, said.summary, said.detail].filter((text) => text !== '').join(': ')
    super(
      `npm ${how} with ${asked}${words === '' ? '' : `: ${quoted(words)}`}. \`npm install ${asked.replaceAll(', ', ' ')}\` ` +
        'in an empty folder shows whether npm itself is at fault.',
    )
    this.said = quoted(words)
  }
}

/** An installation was given up because somebody asked for it. */
export class InstallInterruptedError extends Error {
  readonly code = 'WIREGAUGE_INTERRUPTED'
  override readonly name = 'InstallInterruptedError'

  constructor(asked: string) {
    super(`interrupted: the installation of ${asked} was given up; the cache is whole`)
  }
}

/** What npm says of its failure; empty where it says nothing. */
export interface NpmSaid {
  /** e.g. `ETARGET`. */
  readonly code: string
  readonly summary: string
  readonly detail: string
}

/** The most of npm's words that is quoted. */
const quotedCharacters = 600

function quoted(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, quotedCharacters)
    .replace(/[.:]+$/, '')
}

function packageOf(spec: string): string {
  const at = spec.indexOf('@', 1)
  return at === -1 ? spec : spec.slice(0, at)
}
