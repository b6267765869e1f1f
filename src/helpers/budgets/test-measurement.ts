import { measuringFlags } from '../measure/environment.ts'
import type { ArmCounts, Window } from '../measure/job.ts'
import type { ClientLoad, CompletedMeasurement, InvalidMeasurement, PairReplicate } from '../measure/result.ts'
import type { BudgetFile, TunedScenario } from './budget-file.ts'
import type { JudgingContext } from './judgement.ts'

const subject = {
  client: 'axios',
  league: 'equalised',
  scenario: 'small-4',
  seed: 7,
  startedAt: '2026-11-22T13:00:00.000Z',
  durationMs: 14_200,
} as const

/** For tests: counters of 1,000 requests over 4 connections, 190 bytes each, answered with 240. */
export function countsOf(arm: string, changes: Partial<ArmCounts> = {}): ArmCounts {
  return {
    arm,
    version: '1.21.1',
    connections: 4,
    openConnections: 4,
    peakConnections: 4,
    requests: 1_000,
    bytesIn: 190_000,
    bytesOut: 240_000,
    parseErrors: 0,
    ...changes,
  }
}

/** For tests: a window of a quarter of a second at so many requests per second. */
export function windowOf(requestsPerSecond: number, changes: Partial<Window> = {}): Window {
  return {
    requests: requestsPerSecond / 4,
    durationMs: 250,
    clientCpuUsPerRequest: 300,
    targetCpuUsPerRequest: 20,
    clientBusy: 0.95,
    targetBusy: 0.3,
    ...changes,
  }
}

/** For tests: a client under load at so many requests per second. */
export function loadOf(client: string, requestsPerSecond: number, changes: Partial<ClientLoad> = {}): ClientLoad {
  return {
    client,
    windows: [windowOf(requestsPerSecond)],
    allocatedBytesPerRequest: 75_000,
    counts: countsOf(client),
    ...changes,
  }
}

/** For tests: a replicate of a pair in which the client kept such a share of the reference's throughput. */
export function replicateOf(share: number, changes: Partial<PairReplicate> = {}): PairReplicate {
  const log = Math.log(share)
  return {
    seed: 1,
    blocks: {
      arms: [
        { arm: 'current', batchUs: [500 / share] },
        { arm: 'reference', batchUs: [500] },
      ],
    },
    logRatio: { estimate: log, low: log, high: log, level: 0.95 },
    allocation: [
      { arm: 'current', bytesPerRequest: 75_000 },
      { arm: 'reference', bytesPerRequest: 75_000 },
    ],
    counts: [countsOf('current'), countsOf('reference', { version: '1.21.0' })],
    ...changes,
  }
}

/** For tests: axios as fast as a changed reference, at 2,000 requests/s beside 10,000 of http and 40,000 of wire. */
export function measurementOf(changes: Partial<CompletedMeasurement> = {}): CompletedMeasurement {
  return {
    ...subject,
    state: 'completed',
    library: 'axios',
    inFlight: 4,
    pair: { state: 'measured', sameFiles: false, replicates: [replicateOf(1), replicateOf(1), replicateOf(1)] },
    load: [
      { seed: 1, clients: [loadOf('axios', 2_000), loadOf('http', 10_000), loadOf('wire', 40_000)] },
      { seed: 2, clients: [loadOf('axios', 2_000), loadOf('http', 10_000)] },
    ],
    machineState: { loadAverage: 0.5, stealShare: 0.012 },
    ...changes,
  }
}

/** For tests: the same client, whose work was not the work. */
export function invalidMeasurement(reason = 'axios: hung: no answer for 10 s in blocks'): InvalidMeasurement {
  return { ...subject, state: 'invalid', reason }
}

const tuned: TunedScenario = {
  reference: { expected: 1, scatter: 0.005, replicates: 15 },
  against: { http: { expected: 0.2, scatter: 0.04, replicates: 10 } },
  requestsPerSecond: { expected: 2_000, scatter: 0.1, replicates: 10, lowest: 1_700 },
  allocatedBytesPerRequest: { expected: 75_000, scatter: 0.005, replicates: 10 },
  requestBytes: { expected: 190 },
  responseBytes: { expected: 240 },
}

/** For tests: a budget file with the entries of axios small-4, tuned on a machine class named `tuned`. */
export function budgetFileOf(entries: TunedScenario = tuned): BudgetFile {
  return {
    schemaVersion: 1,
    tuned: {
      date: '2026-11-22',
      machine: { class: 'tuned', processor: 'processor', cores: 2, platform: 'linux-x64' },
      node: '26.10.0',
      flags: measuringFlags,
      packages: {},
      runs: 5,
    },
    clients: { axios: { 'small-4': entries } },
  }
}

/** For tests: judging by a budget file, on the machine class that it was tuned on or on another. */
export function judgingBy(entries: TunedScenario = tuned, machineClass = 'tuned'): JudgingContext {
  return {
    budgets: budgetFileOf(entries),
    budgetFileName: 'perf/budgets.json',
    machine: { class: machineClass, node: '26.10.0' },
  }
}
