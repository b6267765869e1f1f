import { spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { text } from 'node:stream/consumers'
import { UsageError } from '../budgets/usage-error.ts'

/** One run of git. */
export interface GitRun {
  /** Folder that it is about. */
  readonly folder: string
  readonly signal: AbortSignal
  /** Put before the command: `--work-tree=…`. */
  readonly options?: readonly string[]
  /** Index to use instead of the repository's own. */
  readonly indexFile?: string
}

/** How a run of git ended. */
export interface GitEnd {
  readonly ok: boolean
  readonly stdout: string
  /** In English, whatever the user's language. */
  readonly stderr: string
}

/**
 * What a hook hands to its children: it would lead away from the folder. As `git rev-parse --local-env-vars` lists it,
 * without the user's configuration.
 */
const ofHooks = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
]

/** No hook of the user's runs, and nothing is written beside an index. */
const untouched = ['core.splitIndex=false', 'core.fsmonitor=false', `core.hooksPath=${devNull}`]

/**
 * Runs git to its end; the signal ends it at once. The repository stays as it is, as far as the command leaves it.
 *
 * @throws {UsageError} when git cannot be started.
 * @throws the signal's reason when it is given.
 */
export async function runGit(args: readonly string[], run: GitRun): Promise<GitEnd> {
  const { folder, signal, options = [], indexFile } = run
  signal.throwIfAborted()
  const settings = untouched.flatMap((setting) => ['-c', setting])
  const child = spawn('git', ['-C', folder, ...settings, ...options, ...args], {
    env: { ...environment(), ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const ended = Promise.withResolvers<boolean>()
  child.once('error', (cause) => {
    ended.reject(new UsageError(`git could not be started, which refs are read with: ${cause.message}`, { cause }))
  })
  child.once('close', (code) => ended.resolve(code === 0))
  const stop = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', stop)
  try {
    const [stdout, stderr, ok] = await Promise.all([text(child.stdout), text(child.stderr), ended.promise])
    signal.throwIfAborted()
    return { ok, stdout, stderr }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !ofHooks.includes(name))
  return { ...Object.fromEntries(own), LC_ALL: 'C', LANGUAGE: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }
}
