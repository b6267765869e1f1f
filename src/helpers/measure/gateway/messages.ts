import type { ClientRequest } from '../../clients/contract.ts'
import type { AskedRequest, ExpectedAnswer } from '../../targets/answers.ts'
import type { TargetSnapshot } from '../../targets/counters.ts'
import type { TargetSource } from '../../targets/target-source.ts'
import type { Failure } from '../failure.ts'
import type { ClientAddress } from '../job.ts'
import type { LoadFigures, LoadPlan } from './load-tool.ts'
import type { SteadyAnswers, SteadyRate } from './steady.ts'

/** How an upstream call is made, as data: it crosses to the gateway's process, and from there to its workers. */
export interface CallSetup {
  readonly client: ClientAddress
  /** Folder that the client's library is resolved from. */
  readonly tree: string
  readonly request: ClientRequest
}

/** A route of the gateway. */
export type RouteSetup = { readonly name: string } & (
  | { readonly kind: 'ping' }
  | { readonly kind: 'async' | 'blocking' | 'pool'; readonly call: CallSetup }
)

/** What a gateway is started with. */
export interface GatewaySetup {
  readonly routes: readonly RouteSetup[]
  /** To listen on, on 127.0.0.1; 0 for any that is free. */
  readonly port: number
  readonly poolThreads: number
  /** A blocking call ends after so long; no other call can be ended by the gateway. */
  readonly requestTimeoutMs: number
}

/** The reply to every upstream call and of every route. */
export interface RouteReply {
  readonly status: number
  readonly text: string
}

/** What one route did since the gateway was started. */
export interface RouteCounts {
  readonly name: string
  /** Upstream calls made. */
  readonly asked: number
  /** Of these, calls that rejected, which the route answers with 502. */
  readonly failed: number
  /** Version of the library that its calls run on; absent for clients that come with Node. */
  readonly version?: string
}

/** The gateway's own clocks and counters over a span in which one route was loaded. */
export interface GatewayMeter {
  readonly durationMs: number
  /** CPU time of the whole process, its workers included. */
  readonly cpuMs: number
  /** Share of the span in which the event loop did not wait for events, 0 to 1; a blocking call keeps it from waiting. */
  readonly loopBusy: number
  /** 99th percentile of the looks that the loop came to, in which a stall is one, however long. */
  readonly eventLoopDelayP99Ms: number
  /** Replies of the loaded route. */
  readonly replies: number
}

export type GatewayCommand =
  | { readonly type: 'open'; readonly setup: GatewaySetup }
  | { readonly type: 'meter'; readonly route: string }
  | { readonly type: 'read meter' }
  /** Waits until no call is on its way. */
  | { readonly type: 'settle' }
  | { readonly type: 'close' }

export type GatewayAnswer =
  | { readonly type: 'opened'; readonly port: number }
  | { readonly type: 'metering' }
  | { readonly type: 'meter'; readonly meter: GatewayMeter }
  | { readonly type: 'settled'; readonly routes: readonly RouteCounts[] }
  | { readonly type: 'closed' }
  | Failure

export type UpstreamCommand =
  | { readonly type: 'listen'; readonly ports: number; readonly secure: boolean; readonly source?: TargetSource }
  | { readonly type: 'answer'; readonly request: AskedRequest }
  | { readonly type: 'snapshot' }

export type UpstreamAnswer =
  | { readonly type: 'listening'; readonly ports: readonly number[] }
  | { readonly type: 'answer'; readonly answer: ExpectedAnswer }
  | { readonly type: 'snapshot'; readonly snapshot: TargetSnapshot }
  | Failure

/** Where a route is, and what it replies with. */
export interface LoadedRoute {
  /** With the path. */
  readonly url: string
  readonly expected: RouteReply
  /** A reply that takes longer is an error. */
  readonly requestTimeoutMs: number
}

export type LoadCommand =
  /** One request, whose reply is compared in full. */
  | { readonly type: 'check'; readonly route: LoadedRoute }
  | { readonly type: 'begin'; readonly route: LoadedRoute; readonly plan: LoadPlan }
  /** `meteredMs`: since the load was told to have begun, until the last clock was read. */
  | { readonly type: 'end'; readonly meteredMs: number }
  /** Opens so many connections, so that opening them is no part of what is measured. */
  | { readonly type: 'connect'; readonly route: LoadedRoute; readonly connections: number }
  | { readonly type: 'steady'; readonly route: LoadedRoute; readonly rate: SteadyRate }

export type LoadAnswer =
  | { readonly type: 'checked'; readonly wireBytes: number }
  /** The load is on, for so long at least. */
  | { readonly type: 'begun'; readonly meterMs: number }
  | { readonly type: 'ended'; readonly figures: LoadFigures }
  | { readonly type: 'connected' }
  | { readonly type: 'steady'; readonly answers: SteadyAnswers; readonly generatorBusy: number }
  | Failure
