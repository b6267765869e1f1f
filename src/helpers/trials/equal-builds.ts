import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { axios } from '../clients/axios.ts'
import { axiosFetch } from '../clients/axios-fetch.ts'
import type { Client } from '../clients/contract.ts'
import { nodeFetch } from '../clients/node-fetch.ts'
import { undiciDispatch } from '../clients/undici-dispatch.ts'
import { undiciFetch } from '../clients/undici-fetch.ts'
import { undiciRequest } from '../clients/undici-request.ts'
import { siblingModule } from '../sibling-module.ts'
import { randomFrom } from '../statistics/random.ts'
import type { Change } from './change.ts'
import { printed, reordered, type SourceType, type TextChange, withoutComments } from './source-text.ts'

/** A build that is equal in behaviour to what is installed, and different in text: an A/A′. */
export interface EqualBuild extends Change {
  /** Clients that run on the package, the one that is nearest to it first. */
  readonly clients: readonly Client[]
}

/** A package of which there are builds. */
interface BuiltPackage {
  readonly name: string
  readonly clients: readonly Client[]
  /** Sources, relative to the package. Tables and compiled code in text are left out: they have nothing to rename. */
  readonly sources: readonly string[]
  readonly exclude?: readonly string[]
  readonly type: SourceType
}

const packages: readonly BuiltPackage[] = [
  { name: 'axios', clients: [axios, axiosFetch], sources: ['index.js', 'lib/**/*.js'], type: 'module' },
  {
    name: 'undici',
    clients: [undiciRequest, undiciFetch, undiciDispatch],
    sources: ['index.js', 'lib/**/*.js'],
    exclude: ['lib/llhttp/**', 'lib/milo/**', 'lib/mock/**'],
    type: 'commonjs',
  },
  { name: 'node-fetch', clients: [nodeFetch], sources: ['src/**/*.js'], type: 'module' },
  { name: 'follow-redirects', clients: [axios], sources: ['*.js'], type: 'commonjs' },
]

/** The changes of the text are code: it is what such a build is made of. */
const madeOf = readFileSync(siblingModule(import.meta.url, './source-text'), 'utf8')

/** Names of the changes, and what they do to each file, one step after the other. The orders are drawn anew for each. */
const textChanges: readonly (readonly [name: string, steps: () => readonly TextChange[]])[] = [
  ['comments stripped', () => [withoutComments]],
  ['white space changed', () => [printed({ renames: false, keepsComments: true, dense: true })]],
  ['identifiers renamed', () => [printed({ renames: true, keepsComments: true, dense: false })]],
  [
    'comments and white space stripped, identifiers renamed',
    () => [printed({ renames: true, keepsComments: false, dense: true })],
  ],
  ['functions reordered', () => [reordered(randomFrom(1))]],
  [
    'functions reordered, comments stripped, identifiers renamed',
    () => [reordered(randomFrom(2)), printed({ renames: true, keepsComments: false, dense: false })],
  ],
]

/** Releases that changed nothing that a request passes, installed under a name of their own. */
const neutralReleases: readonly {
  readonly name: string
  readonly installedAs: string
  readonly clients: readonly Client[]
}[] = [
  // 8.12.3 to 8.12.4: no change expected, none found (DESIGN section 2).
  { name: 'undici', installedAs: 'undici-8.12.3', clients: [undiciRequest, undiciFetch, undiciDispatch] },
]

/**
 * Every A/A′ build: of each client's package, and of one below axios, all changes of the text, and the neutral releases
 * that the project has installed.
 */
export function equalBuilds(project: string): readonly EqualBuild[] {
  const releases = neutralReleases.filter(({ installedAs }) =>
    existsSync(path.join(project, 'node_modules', installedAs)),
  )
  return [
    ...packages.flatMap((built) => textChanges.map(([change, steps]) => textBuild(built, change, steps))),
    ...releases.map(({ name, installedAs, clients }) => ({
      name: `${name}, as in ${installedAs}`,
      description: `the release ${installedAs} in place of the installed one`,
      clients,
      apply: (copies: string, from: string) => {
        const place = path.join(copies, name)
        rmSync(place, { recursive: true })
        cpSync(path.join(from, 'node_modules', installedAs), place, { recursive: true })
      },
    })),
  ]
}

function textBuild(built: BuiltPackage, change: string, steps: () => readonly TextChange[]): EqualBuild {
  const { name, clients, sources, exclude = [], type } = built
  return {
    name: `${name}, ${change}`,
    description: `${name} with ${change}`,
    madeOf,
    clients,
    apply(copies) {
      const changes = steps()
      for (const file of globSync([...sources], { cwd: path.join(copies, name), exclude: [...exclude] }).sort()) {
        const place = path.join(copies, name, file)
        const text = readFileSync(place, 'utf8')
        writeFileSync(
          place,
          changes.reduce((changed, step) => step(changed, type), text),
        )
      }
    },
  }
}
