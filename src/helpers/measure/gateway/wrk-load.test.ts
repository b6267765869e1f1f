import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { UsageError } from '../../budgets/usage-error.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { LoadPlan } from './load-tool.ts'
import type { LoadedRoute } from './messages.ts'
import { figuresIn, loadByWrk, wrkVersion } from './wrk-load.ts'

const plan: LoadPlan = { tool: 'wrk', connections: 4, rampMs: 30, windowMs: 1_000, wireBytes: 200 }

/** What wrk, its script and the shell print. */
const printed = (summary: string, times = '0m0.010000s 0m0.020000s\n1m0.250000s 0m0.150000s') =>
  `Running 2s test @ http://127.0.0.1:40123/ping\n  1 threads and 4 connections\nRequests/sec:   1000.00\n${summary}\n${times}\n`

describe('the figures of wrk', () => {
  test('are read with the share of its thread that the shell tells', () => {
    expect(figuresIn(printed('wiregauge 2000000 2000 400200 0 0 0', '0m0s 0m0.01s\n0m0.25s 0m0.15s'), plan)).toEqual({
      requests: 2_000,
      durationMs: 2_000,
      generatorBusy: expect.closeTo(0.2, 9),
      statusErrors: 0,
      timeouts: 0,
      connectionErrors: 0,
    })
    expect(figuresIn(printed('wiregauge 2000000 2000 400000 0 0 0'), plan).generatorBusy).toBeCloseTo(60.4 / 2, 9)
  })

  test('hold errors by their kinds, and error replies are no throughput', () => {
    const figures = figuresIn(printed('wiregauge 2000000 1900 380000 3 5 7'), plan)
    expect(figures).toMatchObject({ requests: 1_895, connectionErrors: 3, statusErrors: 5, timeouts: 7 })
  })

  test.each([
    ['fewer', 399_999],
    ['more', 400_801],
  ])('are invalid where the replies took %s bytes than so many checked ones', (_, bytes) => {
    expect(() => figuresIn(printed(`wiregauge 2000000 2000 ${bytes} 0 0 0`), plan)).toThrow(
      new InvalidWorkError(
        `2000 replies took ${bytes} bytes, so many like the checked one take 400000, or up to 4 more`,
      ),
    )
  })

  test('are invalid where it printed none', () => {
    expect(() => figuresIn('unable to connect', plan)).toThrow('wrk printed no figures: "unable to connect"')
  })
})

afterEach(() => vi.unstubAllEnvs())

test('where wrk is not installed, it says how to get it', async () => {
  vi.stubEnv('PATH', '/no-such-folder')
  await expect(wrkVersion()).rejects.toThrow(
    new UsageError(
      'wrk cannot be started; install it (`apt-get install wrk`, `brew install wrk`), or load by autocannon',
    ),
  )
})

describe.skipIf(process.platform === 'win32')('the load of wrk', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-wrk-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const told = path.join(folder, 'told')
  const route: LoadedRoute = {
    url: 'http://127.0.0.1:9/ping',
    expected: { status: 200, text: 'good' },
    requestTimeoutMs: 5_000,
  }
  /** Loads by a program that notes what it is told, prints figures and ends at once. */
  const load = () => {
    const program = `#!/bin/sh\necho "$LC_ALL $*" > ${told}\necho "wiregauge 2000000 2000 400000 0 0 0"\n`
    writeFileSync(path.join(folder, 'wrk'), program, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env['PATH']}`)
    // Without a ramp, or it would be over before that.
    return loadByWrk(route, { ...plan, rampMs: 0 })
  }

  test('stays on for two seconds after the window, and its numbers have points', async () => {
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
    const running = await load()
    expect(await running.end(0)).toMatchObject({ requests: 2_000 })
    expect(readFileSync(told, 'utf8')).toMatch(/^C .*-d3s/)
  })

  test('is invalid where clocks were read after it', async () => {
    const running = await load()
    await expect(running.end(60_000)).rejects.toThrow(
      /^the gateway was metered for 60000 ms, and wrk loaded it for -?\d+ ms$/,
    )
  })
})
