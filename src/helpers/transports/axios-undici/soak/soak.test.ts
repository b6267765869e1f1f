// @module-tag wide
// @module-tag nightly
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SoakOptions, SoakResult } from './soak.ts'

const options: SoakOptions = { requests: 4_000, warmUp: 3_000, inFlight: 20, seed: 1, points: 8 }

/** Of axios, of sockets, of the parser, and of what decodes. */
const codes = [
  ...['ECONNABORTED', 'ERR_BAD_OPTION_VALUE', 'ERR_BAD_REQUEST', 'ERR_BAD_RESPONSE', 'ERR_CANCELED', 'ERR_INVALID_URL'],
  ...['ERR_FR_REDIRECTION_FAILURE', 'ERR_FR_TOO_MANY_REDIRECTS', 'ERR_INVALID_HTTP_TOKEN', 'ERR_UNESCAPED_CHARACTERS'],
  ...['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'Z_DATA_ERROR'],
  ...['HPE_HEADER_OVERFLOW', 'HPE_INVALID_CHUNK_SIZE', 'HPE_INVALID_CONSTANT', 'HPE_INVALID_CONTENT_LENGTH'],
  ...['HPE_INVALID_HEADER_TOKEN', 'HPE_INVALID_STATUS', 'HPE_INVALID_VERSION'],
].sort()

/** What the resolver of the machine says of a subdomain of localhost, where it says anything. */
const resolverCodes = ['EAI_AGAIN', 'ENOTFOUND']

let result: SoakResult

beforeAll(async () => {
  const file = path.join(import.meta.dirname, 'bounded.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(options)])
  result = JSON.parse(stdout)
}, 120_000)

describe('thousands of calls, broken, unanswered and given up ones among them', () => {
  test('all have an end, as many of them well as their cases say', () => {
    const failed = Object.values(result.rejected).reduce((sum, count) => sum + count, 0)
    expect(result.resolved + failed).toBe(result.requests)
    // Of the cases 67 % are answered, and 1 call in 10 is given up, some after all.
    expect(result.resolved / result.requests).toBeGreaterThan(0.55)
    expect(result.resolved / result.requests).toBeLessThan(0.7)
  })

  test('fail with the codes that their cases lead to, and no others', () => {
    const found = Object.keys(result.rejected).filter((code) => !resolverCodes.includes(code))
    expect(found.sort()).toEqual(codes)
  })

  test('leave no rejection unhandled and no warning', () => {
    expect(result).toMatchObject({ unhandledRejections: 0, warnings: [] })
  })

  test('leave the connections that their pool keeps, and none when it is closed', () => {
    // To each of the two hosts that redirects lead between.
    expect(result.after.openSockets).toBeLessThanOrEqual(2 * options.inFlight)
    expect(result.closed.openSockets).toBe(0)
  })

  test('leave no timer, whether or not it keeps the process alive', () => {
    // The server has two for each connection, one for all, and undici one for all.
    expect(result.after.timers).toBeLessThanOrEqual(2 * result.after.openSockets + 2)
    expect(result.closed.timers).toBeLessThanOrEqual(2)
  })

  test('leave no listener on any signal or cancel token', () => {
    expect(result.mostListeners).toBe(0)
  })

  test('leave nothing in memory', () => {
    // What stays of each call is one object at least; without that it is within 0.1 of none.
    expect(result.retainedObjectsPerRequest).toBeLessThan(0.3)
    // Of what is no object: code that is compiled late takes and gives back up to 60.
    expect(result.retainedBytesPerRequest).toBeLessThan(120)
  })
})
