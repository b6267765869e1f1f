import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StatedThresholds } from '../budgets/stated.ts'
import { budgetFileOf, invalidMeasurement, measurementOf, pairAt } from '../budgets/test-measurement.ts'
import { axios } from '../clients/axios.ts'
import { http } from '../clients/http.ts'
import type { MeasurementPlan } from '../measure/measurement.ts'
import type { Measurement } from '../measure/result.ts'
import { smallJson } from '../scenarios/list.ts'
import { measureInTurns } from '../session/looks.ts'
import { recordedMeasurement } from '../session/measured.ts'
import { openSession, type Session } from '../session/session.ts'
import { projectAt } from '../trees/project.ts'
import { treeDigest } from '../trees/tree-digest.ts'
import { unchanged } from './change.ts'
import { allocatesMore } from './faults/heap.ts'
import { slower } from './faults.ts'
import { project } from './test-load.ts'
import { runTrial } from './trial.ts'

// Nothing is measured here.
vi.mock('../session/looks.ts', () => ({ measureInTurns: vi.fn() }))

const small4 = smallJson({ inFlight: 4 })
const stated: StatedThresholds = { reference: { tolerates: '1.5 %', catches: '5 %' }, against: new Map() }
const reports = mkdtempSync(path.join(tmpdir(), 'wiregauge-trial-test-'))
afterAll(() => rmSync(reports, { recursive: true }))

/** A session on this project, whose budgets and reports are not read. */
function session(): Session {
  const opened = openSession({ project: { ...projectAt(project), reports }, seed: 1, say: () => {} }, budgetFileOf())
  return { ...opened, judging: { ...opened.judging, machine: { class: 'tuned', node: '26.10.0' } } }
}

/** What comes of it when the plan is measured; called with the plan while its trees are there. */
function measuringGives(measurement: Measurement, look: (plan: MeasurementPlan) => void = () => {}): void {
  vi.mocked(measureInTurns).mockImplementation(async (_, plan) => {
    look(plan)
    return recordedMeasurement(measurement)
  })
}

beforeEach(() => {
  vi.mocked(measureInTurns).mockReset()
})

const redPair = pairAt(0.9)

describe('a trial', () => {
  test('measures a changed copy against an unchanged one, and removes both', async () => {
    const installed = treeDigest('axios', project)
    let trees: string[] = []
    measuringGives(measurementOf({ pair: redPair, load: [] }), ({ tree, pair, underLoad }) => {
      if (pair.state !== 'measured') throw new Error('a trial is a pair')
      trees = [tree, pair.referenceTree]
      expect(treeDigest('axios', tree)).not.toBe(installed)
      expect(treeDigest('axios', pair.referenceTree)).toBe(installed)
      expect(underLoad).toBe(false)
    })
    await runTrial(session(), {
      client: axios,
      scenario: small4,
      change: allocatesMore('axios', 1_000, small4),
      stated,
      seed: 1,
    })
    expect(trees).toHaveLength(2)
    expect(trees.filter((tree) => existsSync(tree))).toEqual([])
  })

  test('gives both copies the means of busy work, so that only the work is measured', async () => {
    const installed = treeDigest('axios', project)
    measuringGives(measurementOf({ pair: redPair, load: [] }), ({ tree, pair }) => {
      if (pair.state !== 'measured') throw new Error('a trial is a pair')
      const digests = [installed, treeDigest('axios', tree), treeDigest('axios', pair.referenceTree)]
      expect(new Set(digests).size).toBe(3)
    })
    const change = slower('axios', 0.05, small4)
    await runTrial(session(), { client: axios, scenario: small4, change, stated, seed: 1 })
    expect.assertions(1)
  })

  test('of more patience takes so many times the replicates at every look, and is judged by those', async () => {
    const looks: (readonly number[])[] = []
    measuringGives(measurementOf({ pair: redPair }), ({ effort }) => looks.push(effort.pair.looks))
    const trial = { client: axios, scenario: small4, change: unchanged, stated, seed: 1 }
    const usual = await runTrial(session(), trial)
    const patient = await runTrial(session(), { ...trial, patience: 4 })
    expect(looks).toEqual([
      [3, 5, 10],
      [12, 20, 40],
    ])
    // Six replicates are two looks of the one, and none of the other.
    expect([usual, patient].map(({ verdicts }) => verdicts[0]?.state)).toEqual(['regressed', 'inconclusive'])
  })

  test('sums nothing where no budget asks for a sum', async () => {
    const summed: (boolean | undefined)[] = []
    measuringGives(measurementOf({ pair: redPair }), ({ effort }) => summed.push(effort.pair.sums))
    const trial = { client: axios, scenario: small4, change: unchanged, stated, seed: 1 }
    await runTrial(session(), trial)
    await runTrial(session(), { ...trial, stated: { ...stated, costs: { listeners: 'unchanged' } } })
    expect(summed).toEqual([false, true])
  })

  test('tells what it found as plain data', async () => {
    measuringGives(measurementOf({ pair: redPair, load: [] }))
    const result = await runTrial(session(), { client: axios, scenario: small4, change: unchanged, stated, seed: 7 })
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    expect(result).toMatchObject({
      client: 'axios',
      scenario: 'small-4',
      change: 'same files',
      replicates: 6,
      soloLogRatios: [Math.log(0.9), Math.log(0.9)],
      durationMs: 14_200,
      seed: 7,
      at: '2026-11-22T13:00:00.000Z',
    })
    expect(result.logRatios).toHaveLength(6)
    // Also of an A/A: its reds are what nulls count.
    expect(result.verdicts).toMatchObject([
      { budget: 'throughput against reference', state: 'regressed', sameFiles: false },
    ])
  })

  test('of work that was not the work has verdicts and no figures', async () => {
    measuringGives(invalidMeasurement())
    const result = await runTrial(session(), { client: axios, scenario: small4, change: unchanged, stated, seed: 1 })
    expect(result).toMatchObject({ replicates: 0, logRatios: [], soloLogRatios: [], verdicts: [{ state: 'invalid' }] })
  })

  // Copies the packages ten times, which a busy disk takes its time for.
  test('draws anew for every seed, client, scenario and change', { timeout: 60_000 }, async () => {
    const seeds: number[] = []
    measuringGives(measurementOf({ pair: redPair }), ({ seed }) => seeds.push(seed))
    const trial = { client: axios, scenario: small4, change: unchanged, stated, seed: 1 }
    await runTrial(session(), trial)
    await runTrial(session(), { ...trial, seed: 2 })
    await runTrial(session(), { ...trial, scenario: smallJson({ inFlight: 64 }) })
    await runTrial(session(), { ...trial, change: { ...unchanged, name: 'another' } })
    await runTrial(session(), trial)
    expect(new Set(seeds).size).toBe(4)
  })

  test('is refused for a client that comes with Node', async () => {
    const trial = { client: http, scenario: small4, change: unchanged, stated, seed: 1 }
    await expect(runTrial(session(), trial)).rejects.toThrow('http comes with Node, so that it cannot be changed')
  })
})
