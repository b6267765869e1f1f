import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import schema from '../../../perf/budgets.schema.json' with { type: 'json' }
import { UsageError } from './usage-error.ts'

/** What was measured at tuning for a value that scatters. */
export interface TunedValue {
  /** In the unit of the entry's name. */
  readonly expected: number
  /** Standard deviation between processes of the value's natural logarithm. */
  readonly scatter: number
  /** Fresh processes that both rest on. */
  readonly replicates: number
}

/** The entries of one client under one scenario. */
export interface TunedScenario {
  /** Ratio of throughput to the reference's; expected is 1. */
  readonly reference?: TunedValue
  /** Ratios of throughput to other clients', by their names. */
  readonly against?: Readonly<Record<string, TunedValue>>
  readonly requestsPerSecond?: TunedValue & { readonly lowest: number }
  readonly allocatedBytesPerRequest?: TunedValue
  readonly requestBytes?: { readonly expected: number }
  readonly responseBytes?: { readonly expected: number }
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
  /** Of the frozen tree that the clients are compared with; absent where there is none. */
  readonly reference?: { readonly integrity: string }
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
    throw new BudgetFileError(`${file} is missing; it holds what the budgets of the specs were tuned to`)
  }
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new BudgetFileError(`${file} is no JSON: ${(cause as Error).message}`, { cause })
  }
  if (validate(content)) return content
  const faults = (validate.errors ?? []).map((error) => `  ${faultOf(error)}`)
  throw new BudgetFileError(`${file} does not match budgets.schema.json:\n${faults.join('\n')}`)
}

function faultOf({ instancePath, keyword, message, params, data }: ErrorObject): string {
  const place = instancePath || '/'
  if (keyword === 'additionalProperties') {
    return `${place}: unknown entry ${JSON.stringify(params['additionalProperty'])}; expected only those of the schema`
  }
  if (keyword === 'required') return `${place}: ${message}`
  const found = `found ${(JSON.stringify(data) ?? 'nothing').slice(0, 60)}`
  if (keyword === 'const') return `${place}: expected ${JSON.stringify(params['allowedValue'])}, ${found}`
  return `${place}: ${message?.replace(/^must be /, 'expected ')}, ${found}`
}

/** The entries of a client under a scenario; empty when the file has none. */
export function tunedFor(file: BudgetFile, client: string, scenario: string): TunedScenario {
  return file.clients[client]?.[scenario] ?? {}
}

/** Every client and scenario of the file, in its order. */
export function measurementsOf(file: BudgetFile): { client: string; scenario: string; tuned: TunedScenario }[] {
  return Object.entries(file.clients).flatMap(([client, scenarios]) =>
    Object.entries(scenarios).map(([scenario, tuned]) => ({ client, scenario, tuned })),
  )
}

/** Number of budgets whose values scatter, which share the rate of false reds. */
export function scatteringBudgets(file: BudgetFile): number {
  return measurementsOf(file).reduce((sum, { tuned }) => {
    const single = [tuned.reference, tuned.requestsPerSecond, tuned.allocatedBytesPerRequest]
    return sum + single.filter((value) => value !== undefined).length + Object.keys(tuned.against ?? {}).length
  }, 0)
}
