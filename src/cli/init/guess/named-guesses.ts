import { statSync } from 'node:fs'
import path from 'node:path'
import { parseExpressionAt } from 'acorn'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import type { Manifest } from '../detect/manifest.ts'
import { type Candidates, candidatesIn } from './candidates.ts'
import type { Guess } from './guess.ts'
import { renamed } from './renamed.ts'

/** What was said about the client, in place of guessing it. */
export interface Said {
  /** From the root. */
  readonly module?: string
  readonly exportName?: string
  /** What makes a client that talks to `origin`: `createApi({ baseURL: origin })`. */
  readonly open?: string
  /** What makes one request: `api.getItem('42')`. */
  readonly call?: string
}

/** Ways to open an export that nothing is known of. */
const waysToOpen = ['NAME({ baseURL: origin })', 'NAME(origin)', 'new NAME({ baseURL: origin })', 'new NAME(origin)']

/**
 * Guesses about a project's client, with what was said about it in the place of what would be guessed.
 *
 * @throws {UsageError} for what is said and cannot be: a call without its module, a module that is not there, no expression.
 */
export function namedGuesses(root: string, manifest: Manifest, said: Said): Candidates {
  const { exportName, open, call } = said
  const module = said.module === undefined ? undefined : path.posix.normalize(said.module.replaceAll('\\', '/'))
  if (module === undefined && (exportName ?? open ?? call) !== undefined) {
    throw new UsageError('--export, --open and --call are about a module: name it with --module ./src/api.ts')
  }
  if (module !== undefined && !statSync(path.join(root, module), { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(`--module ${said.module}: there is no such file in the project`)
  }
  const named = { ...(module !== undefined && { module }), ...(exportName !== undefined && { exportName }) }
  const found = candidatesIn(root, manifest, named)
  if (module === undefined || (open === undefined && call === undefined)) return found
  const variable = call === undefined ? 'api' : rootOf(call, '--call')
  if (open !== undefined) rootOf(open, '--open')
  const known = found.guesses.length > 0 ? found.guesses : unknown(`./${module}`, exportName, variable)
  const guesses = known.map((guess) => ({
    ...guess,
    ...(open !== undefined && openedBy(open, variable, guess.local)),
    ...(call !== undefined && { call }),
  }))
  return { ...found, guesses: distinct(guesses.map((guess) => withVariable(guess, variable))) }
}

function unknown(module: string, exportName: string | undefined, variable: string): readonly Guess[] {
  if (exportName === undefined) {
    throw new UsageError(`${module}: nothing is known of its exports; name the one that is the client with --export`)
  }
  const local = /^[A-Za-z_$][\w$]*$/.test(exportName) && exportName !== 'default' ? exportName : 'client'
  const base = { module, exportName, local, call: `${variable}.get(path)` }
  // What is called by its own name is the client.
  if (local === variable) return [base]
  return waysToOpen.map((way) => ({ ...base, setup: `const ${variable} = ${awaited(way.replace('NAME', local))}` }))
}

/** A client that has the name of its export takes it: the export is imported under another. */
function openedBy(open: string, variable: string, local: string): Pick<Guess, 'local' | 'setup'> {
  const own = local === variable ? `${local}Export` : local
  return { local: own, setup: `const ${variable} = ${awaited(own === local ? open : renamed(open, local, own))}` }
}

function awaited(open: string): string {
  return /^(?:new|await)\b/.test(open) ? open : `await ${open}`
}

/** The client has the name that the call has for it. */
function withVariable(guess: Guess, variable: string): Guess {
  if (guess.setup === undefined || guess.local === variable) return guess
  const [, own] = /^const (\w+) = /.exec(guess.setup) ?? []
  return own === undefined ? guess : { ...guess, setup: guess.setup.replace(`const ${own} = `, `const ${variable} = `) }
}

function distinct(guesses: readonly Guess[]): readonly Guess[] {
  return [...new Map(guesses.map((guess) => [JSON.stringify(guess), guess])).values()]
}

/** What an expression begins with: `api` of `(await api.items.get('42')).raw`. @throws {UsageError} for what is none. */
function rootOf(text: string, option: string): string {
  const root = /(?:^|[^.\w$'"`])(?!await\b|new\b)([A-Za-z_$][\w$]*)/.exec(text)?.[1]
  try {
    const { end } = parseExpressionAt(`async () => (${text})`, 0, { ecmaVersion: 'latest', sourceType: 'module' })
    if (root !== undefined && end === text.length + 'async () => ()'.length) return root
  } catch {
    // Said below.
  }
  throw new UsageError(`${option} is ${JSON.stringify(text)}; expected an expression such as api.getItem('42')`)
}
