import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Language } from '../detect/languages.ts'
import { type Guess, guessInWords } from '../guess/guess.ts'
import { adapterText, type ReplyShape } from '../texts/adapter.ts'
import { type Names, namesFor } from '../texts/names.ts'
import type { Route, Sent } from '../texts/spec.ts'
import { type Probed, type Probing, probe } from './probe.ts'

/** A guess that was right: a request arrived, and what it was answered came back. */
export interface Proven {
  readonly guess: Guess
  readonly names: Names
  readonly shape: ReplyShape
  /** What the adapter is handed as its path. */
  readonly path: string
  /** What makes the request more than a GET; absent for a GET. */
  readonly sent?: Sent
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
  /** Whether a request may be of any method: the call was named. Default: it is a GET. */
  readonly anyMethod?: boolean
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
  const { root, folder, language, path: given = '/items/42', json, anyMethod = false, signal, say } = proving
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
      const { exportName } = names
      const probed = await tryOut({ adapter, exportName, root, path: given, json: answer, anyMethod, signal })
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
): Pick<Proven, 'path' | 'sent' | 'routes'> {
  const path = /\bpath\b/.test(call) ? given : request.path
  const { method, contentType, body } = request
  const asked = [{ method, path }, request, ...opening]
  const distinct = new Map(
    asked.map((each) => [`${each.method} ${each.path}`, { method: each.method, path: each.path, json }]),
  )
  const routes = [...distinct.values()]
  if (method === 'GET') return { path, routes }
  const headers = contentType === undefined ? {} : { 'content-type': contentType }
  return { path, sent: { method, headers, ...(body !== undefined && { body }) }, routes }
}
