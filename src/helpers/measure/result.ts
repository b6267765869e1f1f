import type { League } from '../clients/contract.ts'
import type { LoadShape } from '../scenarios/scenario.ts'
import type { Interval } from '../statistics/interval.ts'
import type {
  ArmAllocation,
  ArmBuffers,
  ArmCounts,
  ArmRetention,
  ArmTimes,
  Blocks,
  OwnRetention,
  Window,
} from './job.ts'

/**
 * What there can be more of, replicate by replicate: pairs in one process, windows of continuous load, what is retained,
 * and arms in processes of their own.
 */
export type Evidence = 'pair' | 'load' | 'retention' | 'solo'

/** What one arm costs in all, per request; allocated bytes are absent where Node cannot tell. */
export type ArmTotals = Omit<ArmTimes, 'requests'> &
  Partial<Pick<ArmAllocation, 'allocatedBytesPerRequest'>> &
  // Absent in records of earlier versions.
  Partial<Pick<ArmBuffers, 'bufferBytesPerRequest'>>

/** One fresh process in which an arm was measured beside its reference, batch by batch. */
export interface PairReplicate {
  readonly seed: number
  readonly blocks: Blocks
  /** Median of the paired log-ratios of throughput, current against reference; positive is faster. */
  readonly logRatio: Interval
  /** Current first, then reference. */
  readonly totals: readonly ArmTotals[]
  readonly counts: readonly ArmCounts[]
}

/** One fresh process in which was measured what the arms leave behind. */
export interface RetentionReplicate {
  readonly seed: number
  /** Current first, then reference. */
  readonly arms: readonly ArmRetention[]
  readonly counts: readonly ArmCounts[]
}

/** The arms in processes of their own, alive together, taking turns in short slices. */
export interface SoloReplicate {
  readonly seed: number
  /** ln of throughput, current against reference; positive is faster. */
  readonly logRatio: number
}

/** Batch times of one arm, slice by slice, in the order of the turns: slice i of either arm is one turn. */
interface ArmSlices {
  readonly arm: string
  /** Duration of each batch in microseconds. */
  readonly slices: readonly (readonly number[])[]
}

/** What a pair replicate tells, of arms in processes of their own, alive together, taking turns. */
export interface TurnsReplicate extends Pick<SoloReplicate, 'seed'> {
  /** Head first, then base, as in the job. */
  readonly arms: readonly ArmSlices[]
  /** Empty where nothing is summed. */
  readonly totals: readonly ArmTotals[]
  readonly counts: readonly ArmCounts[]
}

/** What became of the comparison with the reference. */
export type Pair =
  | {
      readonly state: 'measured'
      /** True when both trees hold the same files, so that every difference is noise. */
      readonly sameFiles: boolean
      /** Why the arms had processes of their own, which took turns, in words; absent where they shared one. */
      readonly turns?: string
      readonly replicates: readonly PairReplicate[]
      readonly retention: readonly RetentionReplicate[]
      /** Empty where the files are the same, unless budgets are tuned. */
      readonly solo: readonly SoloReplicate[]
    }
  /** Both trees hold the same files and this run drew others for its A/A. */
  | { readonly state: 'same files' }
  /** There is nothing to compare with, and why. */
  | {
      readonly state: 'no reference'
      readonly reason: string
      /** Whether the client's tree differs from the reference tree all the same. */
      readonly treeChanged: boolean
      /** True where there will be one: the merge base does not have the client's library. */
      readonly isNew?: true
    }

/** How a route of a gateway served in one window. */
export interface ServiceWindow {
  /** Replies with another status than 2xx (wrk: of 400 and above), from the first request to the last, ramp-up included. */
  readonly statusErrors: number
  /** Requests that were not answered in time, likewise. */
  readonly timeouts: number
  readonly connectionErrors: number
  /**
   * How late the gateway's event loop came to a timer, 99th percentile of the looks. A blocked loop does not look: a rare stall,
   * however long, is one look among many, and does not show.
   */
  readonly eventLoopDelayP99Ms: number
  /** Latency of `/ping` beside the load, from the moments at which it was to be sent, 99th percentile. */
  readonly pingBesideP99Ms: number
  /**
   * Share of the time, 0 to 1, in which the event loop of the load's generator did not wait for events; of wrk, in which its
   * thread was on a core.
   */
  readonly generatorBusy: number
}

/** Of the requests that were answered. */
export interface LatencyPercentiles {
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
}

/**
 * Latencies of requests sent at a fixed rate, each from the moment at which it was to be sent (no coordinated omission).
 * Percentiles are absent where more than 1 % of the requests failed.
 */
export interface LatencyAtRate extends Partial<LatencyPercentiles> {
  readonly requestsPerSecond: number
  readonly requests: number
  /** Of these, requests that failed and have no latency. */
  readonly errors: number
  /**
   * How late requests were sent, 99th percentile: so much of the latencies is the sender's own. Absent in records of earlier
   * versions.
   */
  readonly sentLateP99Ms?: number
  /** Share of the time, 0 to 1, in which the sender's event loop did not wait for events: near 1, the latencies are its own. */
  readonly generatorBusy: number
}

/** How a route of a gateway served. */
interface RouteService {
  /** One a window. */
  readonly windows: readonly ServiceWindow[]
  /** At half of the throughput that the windows have shown; absent where the tool is wrk, which knows no rate, or nobody asked. */
  readonly latencyAtHalfCapacity?: LatencyAtRate
}

/** The windows of one client in one process, or of its route in a gateway. */
export interface ClientLoad {
  readonly client: string
  readonly windows: readonly Window[]
  /** Of a route in a gateway; absent for a client by itself. */
  readonly service?: RouteService
  /** Bytes allocated per request on the heap of the client's thread; absent where Node cannot tell. */
  readonly allocatedBytesPerRequest?: number
  /** Of the measured client with a mock, under a scenario that asks for it. */
  readonly retention?: OwnRetention
  readonly counts: ArmCounts
}

/** Processes alive together, one a client, taking turns in windows of continuous load. */
export interface LoadReplicate {
  readonly seed: number
  /** The measured client, the control `http`, and in the first replicate under a scenario the limit `wire`. */
  readonly clients: readonly ClientLoad[]
}

/** How busy and how disturbed the machine was. */
export interface MachineState {
  /** Load average over one minute when the measurement began. */
  readonly loadAverage: number
  /** Share of the cores' time that the hypervisor gave to others meanwhile, 0 to 1; absent off Linux. */
  readonly stealShare?: number
  /** Share of the time that a quota held processors back, 0 to 1; absent where the system does not tell. */
  readonly throttledShare?: number
}

interface Subject {
  readonly client: string
  /** The package that it runs on, or the path of an own one; absent for clients that come with Node. */
  readonly library?: string
  readonly league: League
  readonly scenario: string
  /** Everything that was drawn follows from it. */
  readonly seed: number
  readonly startedAt: string
  readonly durationMs: number
}

export interface CompletedMeasurement extends Subject {
  readonly state: 'completed'
  readonly inFlight: number
  /** How the client was loaded where it was measured by itself; absent for lanes that are always full. */
  readonly loadShape?: LoadShape['kind']
  readonly pair: Pair
  readonly load: readonly LoadReplicate[]
  readonly machineState: MachineState
}

/** The work was not the work, so that there are no figures, only the reason. */
export interface InvalidMeasurement extends Subject {
  readonly state: 'invalid'
  readonly reason: string
}

/** What measuring a client under a scenario came to: figures, or why there are none. */
export type Measurement = CompletedMeasurement | InvalidMeasurement
