import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Answer, Question } from './answers.ts'
import { decoded } from './content-coding.ts'
import type { Route, RoutesSource } from './target-source.ts'

/** What frames a body is the encoding's work, and a date would make equal requests differ. */
const dropped = ['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'date']

const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.xml': 'application/xml',
}

/** A route with its answer made. */
interface ReadyRoute extends Pick<Route, 'method' | 'path'> {
  readonly answer: Answer
}

const ready = new WeakMap<RoutesSource, readonly ReadyRoute[]>()

/** The answer of the first route that matches a request; undefined where none does. */
export function routedAnswer(source: RoutesSource, question: Pick<Question, 'method' | 'path'>): Answer | undefined {
  const known = ready.get(source) ?? source.routes.map((route) => ({ ...route, answer: answerOf(route) }))
  ready.set(source, known)
  return known.find((route) => matches(route, question))?.answer
}

function matches(route: ReadyRoute, { method, path: asked }: Pick<Question, 'method' | 'path'>): boolean {
  const { method: own = method } = route
  if (own !== method && !(own === 'GET' && method === 'HEAD')) return false
  if (asked === route.path) return true
  return asked.startsWith(route.path) && asked[route.path.length] === (route.path.includes('?') ? '&' : '?')
}

function answerOf(route: Route): Answer {
  const { status = 200, delayMs } = route
  const content = contentOf(route)
  const headers = new Map(content.type === undefined ? [] : [['content-type', content.type]])
  for (const [name, value] of Object.entries(route.headers ?? {})) headers.set(name.toLowerCase(), value)
  for (const name of dropped) headers.delete(name)
  const coding = headers.get('content-encoding')
  return {
    status,
    headers: [...headers],
    ...(status === 204 || status === 304 ? {} : { body: content.bytes }),
    ...(coding === undefined ? {} : { text: decoded(content.bytes, coding).toString() }),
    ...(delayMs === undefined || delayMs === 0 ? {} : { delayMs }),
  }
}

function contentOf({ json, body, bodyFile }: Route): { readonly bytes: Buffer; readonly type?: string } {
  if (json !== undefined) return { bytes: Buffer.from(JSON.stringify(json)), type: 'application/json' }
  if (body !== undefined) return { bytes: Buffer.from(body), type: 'text/plain' }
  if (bodyFile === undefined) return { bytes: Buffer.alloc(0) }
  const type = contentTypes[path.extname(new URL(bodyFile).pathname).toLowerCase()] ?? 'application/octet-stream'
  return { bytes: readFileSync(new URL(bodyFile)), type }
}
