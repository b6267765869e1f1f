import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Language } from '../detect/languages.ts'
import { type Guess, guessInWords } from '../guess/guess.ts'
import { adapterText, type ReplyShape } from '../texts/adapter.ts'
import { type Names, namesFor } from '../texts/names.ts'
import type { Route } from '../texts/spec.ts'
import { type Probed, type Probing, probe } from './probe.ts'

/** A guess that was right: a request arrived, and what it was answered came back. */
export interface Proven {
  readonly guess: Guess
  readonly names: Names
  readonly shape: ReplyShape
  /** What the adapter is handed as its path. */
  readonly path: string
  /** The first is that of the path. */
  readonly routes: readonly Route[]
}

/** What was tried, and why nothing of it was right. */
export interface Unproven {
  /** A line each. */
  readonly failures: readonly string[]
}

/** What guesses are proved with. */
export interface Proving {
  readonly root: string
  /** An empty folder inside of the project. */
  readonly folder: string
  readonly language: Language
  /** Default `/items/42`. */
  readonly path?: string
  /** What requests are answered. Default: {@link usualAnswers}, until the client can do with one. */
  readonly json?: unknown
  readonly signal: AbortSignal
  /** Told what is tried. */
  readonly say: (text: string) => void
}

/** More guesses are not tried; what is named by options comes first. */
const mostGuesses = 16

const item = { id: 42, name: 'wiregauge' }

/** Answers of the kinds that services give: an item, a list, and either in an envelope. */
const usualAnswers: readonly unknown[] = [item, [item], { data: item }, { data: [item] }, { items: [item], total: 1 }]

/** Tries guesses in their order, each in a process of its own, until one is right. */
export async function proveGuesses(
  guesses: readonly Guess[],
  proving: Proving,
  tryOut: (probing: Probing) => Promise<Probed> = probe,
): Promise<Proven | Unproven> {
  const { root, folder, language, path: given = '/items/42', json, signal, say } = proving
  const failures: string[] = []
  for (const [place, guess] of guesses.slice(0, mostGuesses).entries()) {
    const names = namesFor(guess)
    say(`trying ${guessInWords(guess)}`)
    let failure: string | undefined
    for (const answer of json === undefined ? usualAnswers : [json]) {
      const adapter = path.join(folder, String(place), `${names.client}${language.ending}`)
      mkdirSync(path.dirname(adapter), { recursive: true })
      // The shape is what is to be found out.
      writeFileSync(adapter, adapterText({ guess, names, shape: 'value', language, folder: 'perf' }))
      const probed = await tryOut({ adapter, exportName: names.exportName, root, path: given, json: answer, signal })
      if (probed.state === 'works') {
        return { guess, names, shape: probed.shape, ...routesOf(probed, guess, given, answer) }
      }
      // What fails with the likeliest answer tells most.
      failure ??= probed.reason
      if (!probed.arrived) break
    }
    failures.push(`${guessInWords(guess)}: ${failure}`)
  }
  return { failures }
}

/** A client that asks for more than its path, such as a version before it, has that answered alike. */
function routesOf(
  { opening, request }: Extract<Probed, { state: 'works' }>,
  { call }: Guess,
  given: string,
  json: unknown,
): Pick<Proven, 'path' | 'routes'> {
  const path = /\bpath\b/.test(call) ? given : request.path
  const asked = [{ method: 'GET', path }, request, ...opening]
  const distinct = new Map(asked.map((each) => [`${each.method} ${each.path}`, { ...each, json }]))
  return { path, routes: [...distinct.values()] }
}
