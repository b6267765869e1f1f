import { measuringFlags } from '../measure/environment.ts'
import type { ArmCounts, ArmRetention, Window } from '../measure/job.ts'
import type {
  ArmTotals,
  ClientLoad,
  CompletedMeasurement,
  InvalidMeasurement,
  PairReplicate,
  RetentionReplicate,
  ServiceWindow,
  SoloReplicate,
} from '../measure/result.ts'
import type { BudgetFile, TunedScenario } from './budget-file.ts'
import type { JudgingContext } from './judgement.ts'
import type { MeasuredPair } from './pair-evidence.ts'

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
    fullHandshakes: 0,
    resumedHandshakes: 0,
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

/** For tests: how a route of a gateway served in two windows, without errors, beside an idle generator. */
export function serviceOf(changes: Partial<ServiceWindow> = {}): NonNullable<ClientLoad['service']> {
  const window: ServiceWindow = {
    statusErrors: 0,
    timeouts: 0,
    connectionErrors: 0,
    eventLoopDelayP99Ms: 5,
    pingBesideP99Ms: 8,
    generatorBusy: 0.2,
    ...changes,
  }
  return { windows: [window, window] }
}

/** For tests: what 10,000 requests of an arm cost in sum, per request. */
export function totalsOf(arm: string, changes: Partial<ArmTotals> = {}): ArmTotals {
  return {
    arm,
    clientCpuUsPerRequest: 300,
    wallUsPerRequest: 320,
    allocatedBytesPerRequest: 75_000,
    bufferBytesPerRequest: 2_000,
    ...changes,
  }
}

/** For tests: an arm that leaves nothing behind at six points, 200 requests apart, and has 5 listeners on a socket. */
function armRetentionOf(arm: string, changes: Partial<ArmRetention> = {}): ArmRetention {
  const nothing = [0, 0, 0, 0, 0, 0]
  return { arm, requestsPerPoint: 200, retainedBytes: nothing, residentBytes: nothing, listeners: 5, ...changes }
}

/** For tests: a replicate of what both arms leave behind. */
export function retentionOf(
  current: Partial<ArmRetention> = {},
  reference: Partial<ArmRetention> = {},
): RetentionReplicate {
  return {
    seed: 1,
    arms: [armRetentionOf('current', current), armRetentionOf('reference', reference)],
    counts: [countsOf('current'), countsOf('reference', { version: '1.21.0' })],
  }
}

/** For tests: a solo replicate in which the client kept such a share of the reference's throughput. */
export function soloOf(share: number): SoloReplicate {
  return { seed: 1, logRatio: Math.log(share) }
}

/** For tests: a pair with a changed reference, as fast as it side by side and alone, that leaves nothing behind. */
export function pairOf(changes: Partial<MeasuredPair> = {}): MeasuredPair {
  return {
    state: 'measured',
    sameFiles: false,
    replicates: [replicateOf(1), replicateOf(1), replicateOf(1)],
    retention: [retentionOf()],
    solo: [soloOf(1), soloOf(1)],
    ...changes,
  }
}

/** For tests: the same at a share of the reference's throughput, in six processes side by side and in two alone. */
export function pairAt(share: number, changes: Partial<MeasuredPair> = {}): MeasuredPair {
  const replicates = Array.from({ length: 6 }, () => replicateOf(share))
  return pairOf({ replicates, solo: [soloOf(share), soloOf(share)], ...changes })
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
    totals: [totalsOf('current'), totalsOf('reference')],
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
    pair: pairOf(),
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

/** For tests: the same with every entry that there can be. */
export const tunedThroughout: TunedScenario = {
  ...tuned,
  solo: { expected: 1, scatter: 0.03, replicates: 10 },
  tail: {
    p75: { expected: 1, scatter: 0.01, replicates: 15 },
    p90: { expected: 1, scatter: 0.02, replicates: 15 },
    p99: { expected: 1, scatter: 0.08, replicates: 15 },
  },
  slowBatches: {
    'over 1.5 ×': { expected: 0, scatter: 0.004, replicates: 15 },
    'over 3 ×': { expected: 0, scatter: 0.002, replicates: 15 },
    'over 10 ×': { expected: 0, scatter: 0.001, replicates: 15 },
    'over 30 ×': { expected: 0, scatter: 0.001, replicates: 15 },
    'over 50 ×': { expected: 0, scatter: 0.001, replicates: 15 },
  },
  totals: {
    buffers: { expected: 1, scatter: 0.005, replicates: 15 },
    cpu: { expected: 1, scatter: 0.01, replicates: 15 },
    time: { expected: 1, scatter: 0.02, replicates: 15 },
  },
  eventLoopDelayP99Ms: { expected: 5, scatter: 0.1, replicates: 10 },
  pingBesideP99Ms: { expected: 8, scatter: 0.1, replicates: 10 },
  retainedBytesPerRequest: { expected: 0, scatter: 4, replicates: 10 },
  residentBytesPerRequest: { expected: 0, scatter: 400, replicates: 10 },
  ownRetainedBytesPerRequest: { expected: 30, scatter: 4, replicates: 10 },
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
    looks: { pair: [3, 6, 12], load: [2, 4, 8], retention: [1, 2, 4], solo: [2, 4, 8] },
    runNoise: () => undefined,
  }
}
