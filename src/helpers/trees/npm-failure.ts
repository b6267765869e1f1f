import type { CommandEnd } from './command.ts'
import {
  DiskFullError,
  NpmFailedError,
  type NpmSaid,
  RegistryUnreachableError,
  UnknownPackageError,
  UnknownVersionError,
} from './npm-error.ts'

/**
 * Codes of a registry that is out of reach: those of system calls (https://nodejs.org/api/os.html#error-constants), of
 * name resolution, and npm's own for its time limits and for `offline`. Answers of 429 and of 500 and above are the same
 * to who wants a version.
 */
const unreachable = new Set([
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNECTIONTIMEOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EIDLETIMEOUT',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTCACHED',
  'ENOTFOUND',
  'EPIPE',
  'ERESPONSETIMEOUT',
  'ERR_SOCKET_TIMEOUT',
  'ETIMEDOUT',
  'ETRANSFERTIMEOUT',
])

/**
 * What went wrong in a run of npm with `--json`, as an error that says what to do; undefined when nothing did.
 *
 * A file that cannot be unpacked is but a warning to npm, which exits with 0 all the same (npm 11.19, on a full disk); so
 * the warnings are read, too.
 *
 * @param asked Packages and versions, `axios@1.20.0, undici@8.12.4`.
 * @param folder Where npm ran.
 */
export function npmFailure(asked: string, folder: string, end: CommandEnd): Error | undefined {
  const [unpacking] = /TAR_ENTRY_ERROR.*/.exec(end.stderr) ?? []
  if (end.failed === undefined && unpacking === undefined) return undefined
  const said = saidIn(end)
  const all = `${said.code} ${said.summary} ${unpacking}`
  if (/\bENOSPC\b|\bEDQUOT\b/.test(all)) return new DiskFullError(asked, folder)
  if (said.code === 'ETARGET') return new UnknownVersionError(asked, said)
  if (said.code === 'E404' || said.code === 'ENOVERSIONS') return new UnknownPackageError(asked, said)
  if (unreachable.has(said.code) || /^E(?:429|5\d\d)$/.test(said.code)) {
    return new RegistryUnreachableError(asked, said.code, said.summary)
  }
  const how = end.failed ?? 'did not unpack every file'
  return new NpmFailedError(asked, how, unpacking === undefined ? said : { ...said, summary: unpacking })
}

/** npm says it as JSON on stdout; one that could not begin says it on stderr in its own words. */
function saidIn({ stdout, stderr }: CommandEnd): NpmSaid {
  try {
    const { error } = JSON.parse(stdout) as { error?: Partial<NpmSaid> }
    if (error !== undefined) return { code: '', summary: '', detail: '', ...error }
  } catch {
    // Not JSON.
  }
  const errors = stderr.split('\n').filter((line) => !line.startsWith('npm warn'))
  return { code: '', summary: errors.join(' ').trim(), detail: '' }
}
