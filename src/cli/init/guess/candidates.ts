import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { syntaxTree } from '../../../helpers/trees/syntax-tree.ts'
import type { Manifest } from '../detect/manifest.ts'
import type { Guess } from './guess.ts'
import { guessesIn } from './guesses.ts'
import { type Uses, usesOf } from './imports.ts'
import { sourceFiles } from './source-files.ts'
import { type Unreadable, unreadable } from './unreadable.ts'

/** A module that might be the project's own client. */
interface Candidate {
  readonly module: string
  readonly guesses: readonly { readonly guess: Guess; readonly likelihood: number }[]
}

/** What of a project may be measured, and what was looked at for it. */
export interface Candidates {
  /** The likeliest first. */
  readonly guesses: readonly Guess[]
  /** Modules that use an HTTP client, from the root, whether anything is guessed of them or not. */
  readonly using: readonly string[]
  /** Those among them that read the environment, of which their base URL may come. */
  readonly readingEnvironment: readonly string[]
  /** What no syntax tree could be made of, and what it was not built to either. */
  readonly unreadable: readonly Unreadable[]
}

/** Of one that imports a client, and of one that imports that one. */
const [direct, indirect] = [10, 6]

/** Imports of a module by others that count. */
const mostImporters = 5

/**
 * Finds the modules of a project that wrap an HTTP client, and guesses how each might be called.
 *
 * @param named What was given: the module from the root, and the export.
 */
export function candidatesIn(
  root: string,
  manifest: Manifest,
  named: { readonly module?: string; readonly exportName?: string } = {},
): Candidates {
  const unread: Unreadable[] = []
  const sources = new Map(
    (named.module === undefined ? sourceFiles(root) : [named.module]).flatMap((file) => {
      // Of what is more than types, what it was built to is read.
      const module = [`./${file}`, ...builtFiles(`./${file}`, root)].find((each) => treeAt(root, each) !== undefined)
      const tree = module === undefined ? undefined : treeAt(root, module)
      if (module === undefined || tree === undefined) {
        unread.push(unreadable(readFileSync(path.join(root, file), 'utf8'), file))
        return []
      }
      return [[file, { module, tree, uses: usesOf(tree, file, root) }] as const]
    }),
  )
  const using = [...sources].filter(([, { uses }]) => uses.clients.length > 0).map(([file]) => file)
  const beside = [...sources].filter(([, { uses }]) => uses.files.some((file) => using.includes(file)))
  const weights = new Map<string, number>(beside.map(([file]) => [file, indirect]))
  for (const file of using) weights.set(file, direct)
  if (named.module !== undefined) weights.set(named.module, direct)
  const found = [...weights].flatMap(([file, weight]): Candidate[] => {
    const { tree, module } = sources.get(file) ?? {}
    if (tree === undefined || module === undefined) return []
    const likelihood = weight + importersOf(file, [...sources.values()]) + nameWeight(file) + mainWeight(file, manifest)
    const guesses = guessesIn(tree, module, named.exportName).map((each) => ({
      guess: module === `./${file}` ? each.guess : { ...each.guess, isBuilt: true },
      likelihood: each.likelihood + likelihood,
    }))
    return [{ module, guesses }]
  })
  const ranked = found
    .flatMap(({ guesses }) => guesses)
    .toSorted((one, other) => other.likelihood - one.likelihood)
    .flatMap(({ guess }) => [guess, ...builtOf(guess, root)])
  const reading = using.filter((file) => sources.get(file)?.uses.environment)
  const fromRoot = (file: string): string => `./${file}`
  return {
    guesses: ranked,
    using: using.map(fromRoot),
    readingEnvironment: reading.map(fromRoot),
    unreadable: unread,
  }
}

function importersOf(file: string, sources: readonly { readonly uses: Uses }[]): number {
  return Math.min(mostImporters, sources.filter(({ uses }) => uses.files.includes(file)).length)
}

function nameWeight(file: string): number {
  return /client|api|sdk|http|request|fetch|service|gateway/i.test(path.basename(file)) ? 3 : 0
}

function mainWeight(file: string, { main }: Manifest): number {
  return main !== undefined && path.posix.normalize(main) === file ? 3 : 0
}

/** The same of what a source file is built to, where that is there: Node runs no TypeScript that has more than types. */
function builtOf(guess: Guess, root: string): readonly Guess[] {
  return builtFiles(guess.module, root).map((module) => ({ ...guess, module, isBuilt: true }))
}

/** What a module may have been built to: `./dist/api.js` of `./src/api.ts`. */
function builtFiles(module: string, root: string): readonly string[] {
  const [, inside, ending] = /^\.\/(?:src|lib)\/(.*)\.([cm]?)ts$/.exec(module) ?? []
  if (inside === undefined) return []
  const names = ['dist', 'lib', 'build', 'out', 'dist/src', 'dist/esm', 'dist/cjs'].flatMap((folder) =>
    ['js', 'mjs', 'cjs'].map((each) => `./${folder}/${inside}.${ending === '' ? each : `${ending}js`}`),
  )
  return [...new Set(names)].filter((each) => each !== module && existsSync(path.join(root, each)))
}

function treeAt(root: string, file: string): ReturnType<typeof syntaxTree> {
  const place = path.join(root, file)
  if (!existsSync(place)) return undefined
  return syntaxTree(readFileSync(place, 'utf8'), file)
}
