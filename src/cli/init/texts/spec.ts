import { formattedJson } from '../../../helpers/reports/edited-json.ts'
import type { Language } from '../detect/languages.ts'
import type { TestRunner } from '../detect/test-runner.ts'
import type { Names } from './names.ts'

/** Thresholds as a spec states them, by the place in the budget file that they are about. */
export interface StatedEntry {
  readonly place: string
  readonly tolerates: string
  readonly catches: string
}

/** What a target answers: the path that is measured, and the others that were asked for. */
export interface Route {
  readonly path: string
  readonly json: unknown
  /** Default `GET`. */
  readonly method?: string
}

/** What a request is beside its path, so that the clients that it is held against do the same work. */
export interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** Default: none. */
  readonly body?: string
}

/** What a spec is written of. */
export interface SpecParts {
  readonly names: Names
  readonly language: Language
  readonly runner: TestRunner['name']
  /** Path of the request that is measured. */
  readonly path: string
  /** Default: a GET. */
  readonly sent?: Sent
  /** The first is that of `path`. */
  readonly routes: readonly Route[]
  /** In the order of the file. */
  readonly stated: readonly StatedEntry[]
}

/** So many requests at once: what an application's own code seldom exceeds, and what keeps a batch short. */
const inFlight = 4

/** The text of a spec: `perf/api.test.ts`. */
export function specText({ names, language, runner, path, sent, routes, stated }: SpecParts): string {
  const { client, exportName, scenario, constant } = names
  const budgets = stated.flatMap(matcherCall)
  return `${runner === 'jest' ? '' : "import { describe, expect, test } from 'vitest'\n"}import { measure, routes, scenario } from 'wiregauge'
import { ${exportName} } from './${client}${language.ending}'

const ${constant} = scenario({
  name: '${scenario}',
  inFlight: ${inFlight},
${requestLines(path, sent)
  .map((line) => `  ${line},\n`)
  .join('')}  target: routes([
${routes.map((route) => `    ${routeText(route)},`).join('\n')}
  ]),
})

describe('${client}', () => {
  test('${scenario}, ${inFlight} in flight', async () => {
    const result = await measure(${exportName}, ${constant})
${budgets.map((line) => `    ${line}`).join('\n')}
    await expect(result).toCost({ ${[costOf(stated), "requestBytes: 'unchanged'"].filter(Boolean).join(', ')} })
  })
})
`
}

function requestLines(path: string, sent: Sent | undefined): readonly string[] {
  const { method, headers = {}, body } = sent ?? {}
  return [
    ...(method === undefined ? [] : [`method: ${quoted(method)}`]),
    `path: ${quoted(path)}`,
    ...(Object.keys(headers).length === 0 ? [] : [`headers: ${literal(headers)}`]),
    ...(body === undefined ? [] : [`body: ${quoted(body)}`]),
  ]
}

function matcherCall({ place, ...thresholds }: StatedEntry): readonly string[] {
  const other = /^against\/(.+)$/.exec(place)?.[1]
  if (place === 'reference') return [`await expect(result).toKeepUpWith('reference', ${thresholdsText(thresholds)})`]
  return other === undefined ? [] : [`await expect(result).toReach('${other}', ${thresholdsText(thresholds)})`]
}

function costOf(stated: readonly StatedEntry[]): string {
  const allocated = stated.find(({ place }) => place === 'allocatedBytesPerRequest')
  return allocated === undefined ? '' : `allocatedBytes: ${thresholdsText(allocated)}`
}

function thresholdsText({ tolerates, catches }: Pick<StatedEntry, 'tolerates' | 'catches'>): string {
  return `{ tolerates: '${tolerates}', catches: '${catches}' }`
}

function routeText({ method, path, json }: Route): string {
  const of = method === undefined || method === 'GET' ? '' : `method: ${quoted(method)}, `
  return `{ ${of}path: ${quoted(path)}, json: ${literal(json)} }`
}

/** JSON as a JavaScript literal on one line, names without quotes where they need none. */
function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return formattedJson(value)
  const entries = Object.entries(value).map(
    ([key, each]) =>
      `${/^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__' ? key : `[${quoted(key)}]`}: ${literal(each)}`,
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
