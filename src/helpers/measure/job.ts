import type { HeapProfiler, Profiler } from 'node:inspector'
import type { Scenario } from '../scenarios/scenario.ts'
import type { TargetCounters } from '../targets/counters.ts'
import type { Failure } from './failure.ts'

/** A client as it crosses to a measuring process: the address of its module, and the name of the export there. */
export interface ClientAddress {
  readonly module: string
  readonly exportName: string
}

/** Where an arm's library comes from, and where it differs from the job's, its adapter and its Node. */
export interface ArmSource {
  /** `current`, `reference`, or for a client by itself its own name. */
  readonly name: string
  /** Folder whose `node_modules` (or own files) the arm's library is resolved from. */
  readonly tree: string
  /** The arm's own client, so that an older adapter with its transport can stand beside the present one. Default: the job's. */
  readonly client?: ClientAddress
  /**
   * Node binary that the arm runs under, in a process that has no arm of another one. Its version is recorded in the
   * arm's counts. Default: the Node of this process.
   */
  readonly execPath?: string
}

/**
 * How arms are warmed up: the way in which they will be measured. `each` arm gets the duration; under continuous load
 * a client's speed settles after about a second, in batches it may go on changing, but for all arms alike.
 */
interface WarmUp {
  readonly by: 'batches' | 'window'
  readonly durationMs: number
}

/** What a measuring process is asked to prepare: the arms of one client under one scenario. */
export interface Job {
  /** Of every arm that has none of its own. */
  readonly client: ClientAddress
  readonly scenario: Scenario
  /** One or more; each gets a port of its own on the target. */
  readonly arms: readonly ArmSource[]
  /** Draws loading order, ports, warm-up order and block orders. */
  readonly seed: number
  readonly warmUp: WarmUp
  /** A request that is not answered within so many milliseconds makes the measurement invalid. */
  readonly requestTimeoutMs: number
  /** Whether the sockets of the clients are watched from the beginning, which counting listeners needs. Default false. */
  readonly watchesSockets?: boolean
}

/** What all processes of one measurement have in common. */
export type JobBasis = Pick<Job, 'scenario' | 'seed' | 'requestTimeoutMs'>

/** How far sums reach, where the arms are in several processes and have to do equal work. */
export interface Extent {
  /** Of each arm. Default: as many as suffice by themselves. */
  readonly segments?: number
  /** Of each arm, over all segments. Default: as many as it completes in the time for the segments. */
  readonly requests?: number
}

/** A turn of a client under load. Bursts are as long as they take. */
export interface Turn {
  readonly rampMs: number
  readonly durationMs: number
  /** Of a sweep. Default: the scenario's own number in flight, with the mock as it is. */
  readonly point?: number
}

/** What the parent says to a measuring process, one at a time. */
export type Command =
  | { readonly type: 'prepare'; readonly job: Job }
  | { readonly type: 'blocks'; readonly durationMs: number }
  | ({ readonly type: 'window' } & Turn)
  | ({ readonly type: 'allocation' } & Extent)
  | { readonly type: 'buffers' }
  | ({ readonly type: 'totals' } & Extent)
  | { readonly type: 'retention' }
  | { readonly type: 'ownRetention' }
  | { readonly type: 'headers' }
  | { readonly type: 'profile'; readonly kind: ProfileKind; readonly arm: string; readonly requests: number }
  | { readonly type: 'finish' }

/** Raw times of one arm's batches, in the order of the blocks; index i of every arm is one block. */
interface ArmBatches {
  readonly arm: string
  /** Duration of each batch in microseconds. */
  readonly batchUs: readonly number[]
}

/** Bytes that one arm allocates on the heap of the clients' thread. */
export interface ArmAllocation {
  readonly arm: string
  /** Requests in the segments, the same of every arm. */
  readonly requests: number
  readonly allocatedBytesPerRequest: number
}

/** Bytes that one arm allocates outside of the heap. */
export interface ArmBuffers {
  readonly arm: string
  /** Of the buffers that a typical request allocates. */
  readonly bufferBytesPerRequest: number
}

/** Time that one arm takes in all: sums over its segments, per request. */
export interface ArmTimes {
  readonly arm: string
  /** Requests in the segments, the same of every arm. */
  readonly requests: number
  /** CPU time of the whole process but the target's thread, collector included, in microseconds. */
  readonly clientCpuUsPerRequest: number
  /** Wall time in microseconds. */
  readonly wallUsPerRequest: number
}

/** What one arm leaves behind, at points between which only the arm's own requests count. */
export interface ArmRetention {
  readonly arm: string
  /** Requests between two points. */
  readonly requestsPerPoint: number
  /** Heap in use after a forced collection at each point, in bytes relative to the first, which is 0. */
  readonly retainedBytes: readonly number[]
  /** Resident memory of the process likewise. */
  readonly residentBytes: readonly number[]
  /** Listeners on the arm's most burdened open socket right after all its requests; absent where none is open then. */
  readonly listeners?: number
}

/** What a client with a mock leaves behind after many requests that the mock answered, apart from any other client. */
export interface OwnRetention {
  /** Requests between two points. */
  readonly requestsPerPoint: number
  /** Heap in use after a forced collection at each point, in bytes relative to the first, which is 0. */
  readonly retainedBytes: readonly number[]
  /** Listeners on the most burdened event emitter or event target of the thread after all requests. */
  readonly mostListeners: number
}

export interface Blocks {
  readonly arms: readonly ArmBatches[]
}

/** A span of continuous load, ramp-up and drain left out of requests and duration; or a burst from its beginning to its end. */
export interface Window {
  /** Of the sweep that it belongs to: requests in flight, or handlers. Absent without a sweep. */
  readonly point?: number
  readonly requests: number
  readonly durationMs: number
  /** CPU time of the whole process but the target's thread, collector included, per request, in microseconds. */
  readonly clientCpuUsPerRequest: number
  /** CPU time of the target's thread per request, in microseconds. */
  readonly targetCpuUsPerRequest: number
  /**
   * Share of the wall time that the clients' thread was on a core, from 0 to 1. Of a gateway: in which its event loop did not
   * wait for events, because a thread that a call blocks is on no core and free for nothing all the same.
   */
  readonly clientBusy: number
  /** The same of the target's thread. */
  readonly targetBusy: number
}

/** What the target counted for one arm over everything the arm was asked for, from opening to closing. */
export interface ArmCounts extends TargetCounters {
  readonly arm: string
  /** Version of the library that the arm ran on; absent for clients that come with Node. */
  readonly version?: string
  /** Version of Node, without the `v`, where the job gave the arm a Node of its own. */
  readonly node?: string
}

/**
 * The header fields of an arm's first request in their order, names in lower case; its own address stands as
 * `127.0.0.1:port`.
 */
export interface ArmHeaders {
  readonly arm: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

export type ProfileKind = ArmProfile['kind']

interface ProfiledArm {
  readonly arm: string
  /** Made while the profiler ran: as many as asked for, rounded up to whole batches. */
  readonly requests: number
}

/** CPU samples of the clients' thread; as JSON it is a `.cpuprofile`. */
interface CpuProfile extends ProfiledArm {
  readonly kind: 'cpu'
  readonly profile: Profiler.Profile
}

/** Sampled allocations on the clients' thread, those collected meanwhile included; as JSON it is a `.heapprofile`. */
interface HeapProfile extends ProfiledArm {
  readonly kind: 'heap'
  readonly profile: HeapProfiler.SamplingHeapProfile
}

/** What one arm's requests spent, by function. */
export type ArmProfile = CpuProfile | HeapProfile

export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'blocks'; readonly blocks: Blocks }
  | { readonly type: 'window'; readonly window: Window }
  | { readonly type: 'allocation'; readonly arms: readonly ArmAllocation[] }
  | { readonly type: 'buffers'; readonly arms: readonly ArmBuffers[] }
  | { readonly type: 'totals'; readonly arms: readonly ArmTimes[] }
  | { readonly type: 'retention'; readonly arms: readonly ArmRetention[] }
  | { readonly type: 'ownRetention'; readonly retention: OwnRetention }
  | { readonly type: 'headers'; readonly arms: readonly ArmHeaders[] }
  | { readonly type: 'profile'; readonly profile: ArmProfile }
  | { readonly type: 'finished'; readonly counts: readonly ArmCounts[] }
  | Failure
