import axios, { type AxiosRequestConfig } from 'axios'
import { type DifferentialCase, get } from './case.ts'
import type { Responder } from './recording-server.ts'

const never: Responder = () => {}
/** Longer as a whole than a limit of 800 ms, and never silent for so long. */
const inPauses: Responder = (response) => {
  let chunks = 0
  const ticking = setInterval(() => {
    response.write(`${chunks} `)
    if (++chunks === 10) response.end()
  }, 100)
  response.once('close', () => clearInterval(ticking)).writeHead(200)
}
const timeCases: readonly DifferentialCase[] = [
  { name: 'a time limit before headers', config: get('/t', { timeout: 100 }), respond: never },
  {
    name: 'a time limit in other words',
    config: get('/t', { timeout: 100, timeoutErrorMessage: 'too slow' }),
    respond: never,
  },
  {
    name: 'a time limit with its own code',
    config: get('/t', { timeout: 100, transitional: { clarifyTimeoutError: true } }),
    respond: never,
  },
  { name: 'a time limit without redirects', config: get('/t', { timeout: 100, maxRedirects: 0 }), respond: never },
  {
    name: 'a time limit in a body',
    config: get('/t', { timeout: 250 }),
    respond: (response) => {
      response.writeHead(200).write('some')
    },
  },
  { name: 'a time limit that no pause in a body reaches', config: get('/t', { timeout: 800 }), respond: inPauses },
  {
    name: 'a time limit that no pause in a body reaches, without redirects',
    config: get('/t', { timeout: 800, maxRedirects: 0 }),
    respond: inPauses,
  },
  { name: 'a time limit that is no number', config: get('/t', { timeout: 'soon' as unknown as number }) },
]

/** Where a call is given up. */
type Point =
  | 'before it is sent'
  | 'while it connects'
  | 'before headers'
  | 'in its body'
  | 'with its headers'
  | 'after its end'

/** How it is given up, made anew for each adapter. */
const givers = {
  'a signal': () => {
    const controller = new AbortController()
    return { config: { signal: controller.signal }, giveUp: () => controller.abort() }
  },
  'a cancel token': () => {
    const { token, cancel } = axios.CancelToken.source()
    return { config: { cancelToken: token }, giveUp: () => cancel('no longer wanted') }
  },
} as const

const ways: Readonly<Record<string, AxiosRequestConfig>> = {
  plainly: {},
  'without redirects': { maxRedirects: 0 },
  'with a hook': { beforeRedirect: () => {} },
  'as a stream': { responseType: 'stream' },
  'as a stream without redirects': { responseType: 'stream', maxRedirects: 0 },
}

function givenUp(point: Point, by: keyof typeof givers, way: string): DifferentialCase {
  let giveUp = (): void => {}
  return {
    name: `given up ${point} by ${by}, ${way}`,
    config: (origin) => {
      const giver = givers[by]()
      giveUp = giver.giveUp
      if (point === 'before it is sent') giveUp()
      if (point === 'while it connects') queueMicrotask(giveUp)
      // Called when headers have come for a stream, and after the end of anything else.
      const validateStatus = (): boolean => {
        if (point === 'with its headers' || point === 'after its end') giveUp()
        return true
      }
      const config = { url: `${origin}/given-up`, ...ways[way], ...giver.config, validateStatus }
      if (point !== 'in its body' || !way.startsWith('as a stream')) return config
      // Once the caller reads it.
      const givingUp = (data: unknown): unknown => {
        setImmediate(giveUp)
        return data
      }
      return { ...config, transformResponse: givingUp }
    },
    respond: (response) => {
      if (point === 'before headers') giveUp()
      else if (point === 'in its body' && !way.startsWith('as a stream')) response.writeHead(200).write('some', giveUp)
      else if (point === 'in its body' || point === 'with its headers') response.writeHead(200).write('some')
      else response.end('all')
    },
  }
}

const givenUpCases: readonly DifferentialCase[] = (Object.keys(givers) as (keyof typeof givers)[]).flatMap((by) =>
  Object.keys(ways).flatMap((way) => {
    const points: readonly Point[] = way.startsWith('as a stream')
      ? ['before it is sent', 'while it connects', 'before headers', 'with its headers', 'in its body']
      : ['before it is sent', 'while it connects', 'before headers', 'in its body', 'after its end']
    return points.map((point) => givenUp(point, by, way))
  }),
)

/** Limits of time, and calls that are given up. */
export const controlCases: readonly DifferentialCase[] = [...timeCases, ...givenUpCases]
