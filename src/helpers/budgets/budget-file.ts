import { existsSync, readFileSync, statSync } from 'node:fs'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { Multiple, Percentile } from '../statistics/tail.ts'
import schema from './budgets.schema.json' with { type: 'json' }
import type { ReferenceMove } from './reference-moves.ts'
import { UsageError } from './usage-error.ts'

/** What was measured at tuning for a value that scatters. */
export interface TunedValue {
  /** In the unit of the entry's name. */
  readonly expected: number
  /**
   * Upper bound of the standard deviation between processes, of the value's natural logarithm; of the value itself where it
   * is a difference.
   */
  readonly scatter: number
  /** Fresh processes that both rest on. */
  readonly replicates: number
}

/** The entries of one client under one scenario. */
export interface TunedScenario {
  /** Ratio of throughput to the reference's; expected is 1. */
  readonly reference?: TunedValue
  /** The same with the arms in processes of their own; expected is 1. */
  readonly solo?: TunedValue
  /** Ratios of percentiles of batch time to the reference's; expected is 1. */
  readonly tail?: { readonly [Rung in Percentile]?: TunedValue }
  /** Share of slow batches, less the reference's; expected is 0. */
  readonly slowBatches?: { readonly [Rung in Multiple]?: TunedValue }
  /** Ratios of sums per request to the reference's; expected is 1. */
  readonly totals?: { readonly buffers?: TunedValue; readonly cpu?: TunedValue; readonly time?: TunedValue }
  /** Bytes that stay in use on the heap per request, less the reference's; expected is 0. */
  readonly retainedBytesPerRequest?: TunedValue
  /** Bytes that stay resident per request, less the reference's; expected is 0. */
  readonly residentBytesPerRequest?: TunedValue
  /** Ratios of throughput to other clients', by their names. */
  readonly against?: Readonly<Record<string, TunedValue>>
  /** What remains of the throughput at one point of a sweep at another, by both: `512 against 16`. */
  readonly scaling?: Readonly<Record<string, TunedValue>>
  readonly requestsPerSecond?: TunedValue & { readonly lowest: number }
  /** Of a gateway's event loop while the client's route is loaded, 99th percentile. */
  readonly eventLoopDelayP99Ms?: TunedValue
  /** Latency of `/ping` meanwhile, 99th percentile. */
  readonly pingBesideP99Ms?: TunedValue
  /** Of the control, measured beside: how fast the machine was. */
  readonly controlRequestsPerSecond?: { readonly expected: number }
  readonly allocatedBytesPerRequest?: TunedValue
  /** Bytes that stay in use on the heap per request that a mock answers; expected is any number. */
  readonly ownRetainedBytesPerRequest?: TunedValue
  readonly requestBytes?: { readonly expected: number }
  readonly responseBytes?: { readonly expected: number }
  /** When entries of this client and scenario were last tuned, and by how many runs; absent in files of earlier versions. */
  readonly tuned?: { readonly date: string; readonly runs: number }
  /** Every time that one of them was loosened, the oldest first. */
  readonly loosened?: readonly Loosening[]
}

/** Why a budget may be broken by more than before. */
export interface Loosening {
  readonly date: string
  /** Of the entry, such as `against/http`. */
  readonly place: string
  readonly reason: string
}

/**
 * What clients are compared with: those of packages with a frozen tree, where there is an `integrity`; those of the project's
 * own code with a merge base, where there is a `base`. One of the two is there.
 */
export interface RecordedReference {
  /** Of the lock of the frozen tree. */
  readonly integrity?: string
  /** Every move of the frozen tree by tuning, the oldest first; absent where it never moved. */
  readonly moves?: readonly ReferenceMove[]
  /** The branch whose merge base with HEAD is meant, such as `main`. */
  readonly base?: string
  /** Builds that commit's code in its checkout, by way of the shell: `npm run build`. Default: nothing is to be built. */
  readonly build?: string
}

/** `perf/budgets.json`: what was measured when the budgets were tuned. Thresholds stand in the specs. */
export interface BudgetFile {
  readonly schemaVersion: 1
  readonly tuned: {
    readonly date: string
    readonly machine: {
      readonly class: string
      readonly processor: string
      readonly cores: number
      readonly platform: string
    }
    readonly node: string
    readonly flags: readonly string[]
    readonly packages: Readonly<Record<string, string>>
    readonly runs: number
  }
  /** Absent where there is nothing to compare with. */
  readonly reference?: RecordedReference
  readonly clients: Readonly<Record<string, Readonly<Record<string, TunedScenario>>>>
}

/** A budget file is missing, unreadable or not of its schema. */
export class BudgetFileError extends UsageError {
  override readonly name = 'BudgetFileError'
}

const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<BudgetFile>(schema)

/**
 * Reads and validates a budget file.
 *
 * @throws {BudgetFileError} with every fault: path in the file, what stands there, what was expected.
 */
export function readBudgetFile(file: string): BudgetFile {
  if (!existsSync(file)) {
    throw new BudgetFileError(
      `${file} is missing; it holds what the budgets of the specs were tuned to. Run from the folder that holds perf/; \`npx wiregauge tune --write\` begins the file`,
    )
  }
  if (statSync(file).isDirectory()) throw new BudgetFileError(`${file} is a folder; expected a file`)
  return parsedBudgets(readFileSync(file, 'utf8'), file)
}

/**
 * Validates the text of a budget file.
 *
 * @param file Named in errors.
 * @throws {BudgetFileError} as {@link readBudgetFile} does.
 */
export function parsedBudgets(text: string, file: string): BudgetFile {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new BudgetFileError(`${file} is no JSON: ${(cause as Error).message}`, { cause })
  }
  if (validate(content)) return content
  const faults = (validate.errors ?? []).map((error) => `  ${faultOf(error)}`)
  throw new BudgetFileError(`${file} does not match budgets.schema.json:\n${faults.join('\n')}`)
}

function faultOf({ instancePath, keyword, message, params, data, parentSchema }: ErrorObject): string {
  const place = instancePath || '/'
  if (keyword === 'additionalProperties') {
    return `${place}: unknown entry ${JSON.stringify(params['additionalProperty'])}; expected only those of the schema`
  }
  if (keyword === 'required') return `${place}: ${message}`
  const found = `found ${(JSON.stringify(data) ?? 'nothing').slice(0, 60)}`
  if (keyword === 'const') return `${place}: expected ${JSON.stringify(params['allowedValue'])}, ${found}`
  if (keyword === 'minProperties') {
    return `${place}: expected some of ${Object.keys(parentSchema?.['properties'] ?? {}).join(', ')}, ${found}`
  }
  return `${place}: ${message?.replace(/^must be /, 'expected ')}, ${found}`
}

/** The entries of a client under a scenario; empty when the file has none. */
export function tunedFor(file: BudgetFile, client: string, scenario: string): TunedScenario {
  return file.clients[client]?.[scenario] ?? {}
}

/** The file with other entries for a client under a scenario. */
export function withTuned(
  file: BudgetFile,
  { client, scenario }: { readonly client: string; readonly scenario: string },
  tuned: TunedScenario,
): BudgetFile {
  return { ...file, clients: { ...file.clients, [client]: { ...file.clients[client], [scenario]: tuned } } }
}

/** Every client and scenario of the file, in its order. */
export function measurementsOf(file: BudgetFile): { client: string; scenario: string; tuned: TunedScenario }[] {
  return Object.entries(file.clients).flatMap(([client, scenarios]) =>
    Object.entries(scenarios).map(([scenario, tuned]) => ({ client, scenario, tuned })),
  )
}

/** A tuned value that scatters, with its place among the entries of a client and scenario. */
export interface ScatteringEntry {
  /** Such as `reference`, `tail/p90` or `against/http`. */
  readonly place: string
  readonly value: TunedValue
}

/** The entries that scatter, by their places. */
export function scatteringEntries(tuned: TunedScenario): readonly ScatteringEntry[] {
  const {
    requestBytes: _,
    responseBytes: __,
    controlRequestsPerSecond: ___,
    tuned: ____,
    loosened: _____,
    against,
    scaling,
    tail,
    slowBatches,
    totals,
    ...single
  } = tuned
  const groups = { against, scaling, tail, slowBatches, totals }
  return [
    ...Object.entries(single).map(([place, value]) => ({ place, value })),
    ...Object.entries(groups).flatMap(([group, values = {}]) =>
      Object.entries(values).map(([name, value]) => ({ place: `${group}/${name}`, value })),
    ),
  ]
}

/** The entries with the one at a place replaced or added. */
export function withEntry(tuned: TunedScenario, place: string, value: TunedValue): TunedScenario {
  // Names of clients may hold a slash, names of groups hold none.
  const [, group, name] = /^([^/]+)\/(.+)$/.exec(place) ?? []
  if (group === undefined || name === undefined) return { ...tuned, [place]: value }
  return { ...tuned, [group]: { ...tuned[group as keyof TunedScenario], [name]: value } }
}

/** The entries of both; where both have one, the second's. */
export function joined(one: TunedScenario, other: TunedScenario): TunedScenario {
  const { requestBytes, responseBytes } = { ...one, ...other }
  // What was tuned before was tuned on a machine as fast as it was then.
  const { controlRequestsPerSecond } = Object.keys(one).length === 0 ? other : one
  const exact = {
    ...(requestBytes && { requestBytes }),
    ...(responseBytes && { responseBytes }),
    ...(controlRequestsPerSecond && { controlRequestsPerSecond }),
  }
  return scatteringEntries(other).reduce((tuned, { place, value }) => withEntry(tuned, place, value), {
    ...one,
    ...exact,
  })
}

/**
 * Number of budgets whose values scatter, which share the rate of false reds. The solo check is none: it goes red about
 * nothing.
 */
export function scatteringBudgets(file: BudgetFile): number {
  const budgets = measurementsOf(file).flatMap(({ tuned }) => scatteringEntries(tuned))
  return budgets.filter(({ place }) => place !== 'solo').length
}
