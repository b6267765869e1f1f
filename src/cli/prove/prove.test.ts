import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { InvalidWorkError } from '../../helpers/measure/invalid-work-error.ts'
import type { Circumstances } from './proof.ts'
import { readProof } from './proof-file.ts'
import { type ProveOptions, prove } from './prove.ts'
import { here, resultOf, toolsOf } from './test-proof.ts'
import type { Tools } from './tools.ts'

let root: string
let file: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-prove-'))
  file = path.join(root, 'reports', 'proof.json')
})
afterEach(() => rmSync(root, { recursive: true }))

/** A proof with these tools, and what it printed. */
async function proved(
  options: ProveOptions,
  {
    tools = {},
    circumstances = here,
    signal = new AbortController().signal,
  }: { tools?: Partial<Tools>; circumstances?: Circumstances; signal?: AbortSignal } = {},
) {
  const out = new PassThrough({ encoding: 'utf8' })
  const lines: string[] = []
  const progress = { live: () => {}, line: (text: string) => lines.push(text), end: () => {} }
  const real = {
    openTools: async (trials: number | undefined) => toolsOf({ root, trials, ...tools }),
    circumstances: () => circumstances,
  }
  const exitCode = await prove(options, { root, out, progress, signal }, real)
  return { exitCode, out: String(out.read()), lines }
}

const trialsOf = () => readProof(file).collections.flatMap(({ trials }) => trials)

describe('wiregauge prove', () => {
  test('tries a part as often as it was asked to, keeps every trial and prints what they come to', async () => {
    const { exitCode, out } = await proved({ only: 'time', trials: 2 })
    expect(exitCode).toBe(0)
    expect(out).toContain('wiregauge prove on test-machine (Node 26.10.0), with axios 1.21.1')
    expect(out).toContain('\ntime\n')
    expect(out).toContain('the unchanged gate took 200 s on average, 200 s at most, in 2 runs')
    expect(out).toContain('nothing speaks against the gate; every trial is in ')
    expect(trialsOf().map(({ part }) => part)).toEqual(['time', 'time'])
    expect(readProof(file).collections[0]).toMatchObject(here)
  })

  test.each(['', 'reports/'])(
    'a summary that cannot be written is known before anything is tried: %j',
    async (json) => {
      await expect(proved({ only: 'time', trials: 1, json })).rejects.toThrow(
        new UsageError(
          `the summary cannot be written to ${json}: ${json === '' ? 'it has no name' : 'it is a folder'}`,
        ),
      )
      expect(existsSync(file)).toBe(false)
    },
  )

  test('goes on where it stopped', async () => {
    await proved({ only: 'time', trials: 1 })
    const { out } = await proved({ only: 'time', trials: 3 })
    expect(out).toContain('in 3 runs')
    await proved({ only: 'time', trials: 3 })
    expect(trialsOf()).toHaveLength(3)
  })

  test('leaves out trials of another machine, and says so', async () => {
    await proved({ only: 'time', trials: 2 })
    const elsewhere = { ...here, machine: { ...here.machine, class: 'another machine' } }
    const { out, lines } = await proved({ only: 'time', trials: 1 }, { circumstances: elsewhere })
    expect(lines).toContain('2 trials are left out: machine test-machine, here another machine')
    expect(out).toContain('in 1 run\n')
    expect(trialsOf()).toHaveLength(3)
  })

  test('leaves out trials of a part that were decided by something else, and says so', async () => {
    const json = path.join(root, 'summary.json')
    await proved({ only: 'agreement', trials: 1 })
    const { out } = await proved({ only: 'agreement', trials: 1, json }, { tools: { comparedBy: 'effort-2' } })
    expect(out).toContain('\n4 earlier trials are left out: what was tried, or what decided, was another\n')
    expect(JSON.parse(readFileSync(json, 'utf8')).parts).toMatchObject([{ part: 'agreement', leftOut: 4 }])
    expect(trialsOf()).toHaveLength(8)
  })

  test('what was to be shown and is not fails the check, and is named', async () => {
    const { exitCode, out } = await proved({ only: 'agreement', trials: 1 })
    expect(exitCode).toBe(1)
    // One trial has no interval, and node-fetch has no budget here.
    expect(out.match(/^FAILED: .*/gm)).toEqual([
      'FAILED: not shown: there is no budget for it: node-fetch small-4, 5.0 % slower',
      'FAILED: not shown: there is no budget for it: node-fetch small-4, 10 % slower',
      ...[
        'axios small-4, 5.0 %',
        'undici-request small-4, 5.0 %',
        'axios small-4, 10 %',
        'undici-request small-4, 10 %',
      ].map((drop) => `FAILED: not shown: that paired batches and continuous load are within 2 points: ${drop} slower`),
    ])
    expect(out).toContain('\nthe check failed; every trial is in ')
  })

  test('without recorded runs the replay is not shown', async () => {
    const { exitCode, out } = await proved({ only: 'replay' })
    expect(exitCode).toBe(1)
    expect(out).toContain('FAILED: not shown: there is nothing to try')
  })

  test('does every part, in the order of the list', async () => {
    const { exitCode, out } = await proved({ trials: 1 })
    expect(out.match(/^(nulls|faults|curve|agreement|replay|time)$/gm)).toEqual([
      'nulls',
      'faults',
      'curve',
      'agreement',
      'replay',
      'time',
    ])
    // Tools under which no fault ever shows.
    expect(exitCode).toBe(1)
    expect(out).toMatch(/^FAILED: fault not shown in 1 of 1: axios small-4, /m)
    expect(out).toContain('the check failed; every trial is in ')
  })

  test('quick, it leaves the gate itself out', async () => {
    let runs = 0
    const runGate = async () => ({ seconds: ++runs, exitCode: 0 })
    await proved({ quick: true, trials: 1 }, { tools: { runGate } })
    expect(runs).toBe(0)
    expect(new Set(trialsOf().map(({ part }) => part))).toEqual(new Set(['nulls', 'faults', 'curve', 'agreement']))
  })

  test('quick, it is no failure that only part was shown, and is said at the end', async () => {
    const { exitCode, out } = await proved({ only: 'agreement', quick: true, trials: 1 })
    expect(exitCode).toBe(0)
    expect(out).toContain('\nnot shown yet: 6 of what this part has to show\n')
    expect(out).not.toContain('FAILED')
    expect(out).toMatch(/\nnothing speaks against the gate so far; this shows only part; every trial is in .*\n$/)
  })

  test('writes what the trials come to as JSON', async () => {
    const json = path.join(root, 'summary.json')
    await proved({ only: 'time', trials: 1, json })
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      schemaVersion: 1,
      ...here,
      exitCode: 0,
      parts: [{ part: 'time', failures: [], summary: { meanSeconds: 200 } }],
    })
  })

  test('given up, it keeps what was tried, prints it and ends with 130', async () => {
    const abort = new AbortController()
    let tried = 0
    const decide = async () => {
      if (++tried === 3) {
        abort.abort()
        throw new Error('killed')
      }
      return resultOf()
    }
    const { exitCode, out } = await proved({ only: 'nulls' }, { tools: { decide }, signal: abort.signal })
    expect(exitCode).toBe(130)
    expect(trialsOf()).toHaveLength(2)
    expect(out).toContain('0 of 2 trials')
    expect(out).toContain('interrupted; nothing speaks against the gate so far; this shows only part; ')
  })

  test('work that was not the work ends it with 4, and keeps what was tried', async () => {
    const compare = async () => {
      if (trialsOf().length > 0) throw new InvalidWorkError('axios: the process exited')
      return { paired: 0, loaded: 0 }
    }
    const { exitCode, lines } = await proved({ only: 'agreement', trials: 2 }, { tools: { compare } })
    expect(exitCode).toBe(4)
    expect(lines).toContain('a measurement is invalid: axios: the process exited')
    expect(trialsOf()).toHaveLength(1)
  })

  test('a broken proof is wrong usage, before anything is measured, and is left as it is', async () => {
    mkdirSync(path.dirname(file))
    writeFileSync(file, '{"schemaVersion"')
    let runs = 0
    const runGate = async () => ({ seconds: ++runs, exitCode: 0 })
    await expect(proved({ only: 'time' }, { tools: { runGate } })).rejects.toMatchObject({ code: 'WIREGAUGE_USAGE' })
    expect(runs).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe('{"schemaVersion"')
  })

  test('without budgets against the reference there is nothing to prove', async () => {
    await expect(proved({}, { tools: { subjects: [] } })).rejects.toMatchObject({ code: 'WIREGAUGE_USAGE' })
  })
})
