import path from 'node:path'
import { parse } from 'acorn'
import { clients } from '../../../helpers/clients/list.ts'
import type { Guess } from '../guess/guess.ts'

/** What a client and its scenario are called. */
export interface Names {
  /** Of the client, and of the files: `orders-api`. */
  readonly client: string
  /** Of the adapter's export: `ordersApiClient`. */
  readonly exportName: string
  /** Of the scenario: `get-item`. */
  readonly scenario: string
  /** Of the constant that holds it: `getItem`. */
  readonly constant: string
}

/** Names that tell nothing about what is in a file. */
const plain = ['index', 'main', 'mod', 'client', 'src']

/** Names for a client and its scenario, after its module and the method that is called. */
export function namesFor({ module, call, exportName }: Guess): Names {
  const parts = module
    .replace(/\.[cm]?[jt]s$/, '')
    .split('/')
    .slice(1)
  const file = parts.findLast((each) => !plain.includes(each)) ?? (exportName === 'default' ? 'client' : exportName)
  const client = ownName(kebab(path.basename(file)))
  const [, method = 'get'] = /(?:^|\.)(\w+)\((?!.*\)\.\w+\()/.exec(call) ?? []
  const scenario = kebab(method)
  const constant = camel(scenario)
  const bare = camel(client.replace(/-client$/, ''))
  // An adapter imports `defineClient`.
  const own = bare === 'define' ? 'defineOwnClient' : `${bare}Client`
  const isTaken = constant === own || inSpecs.includes(constant) || !isVariable(constant)
  return { client, exportName: own, scenario, constant: isTaken ? `${constant}Scenario` : constant }
}

/** What a spec has names for already. */
const inSpecs = ['describe', 'test', 'expect', 'measure', 'routes', 'scenario', 'result']

/** Whether the language leaves a name to variables. */
function isVariable(name: string): boolean {
  try {
    parse(`const ${name} = 0`, { ecmaVersion: 'latest', sourceType: 'module' })
    return true
  } catch {
    return false
  }
}

/** Figures and budgets know clients by their names, of which those of the suite's own are taken. */
function ownName(name: string): string {
  return clients.some((each) => each.name === name) ? `${name}-client` : name
}

function kebab(text: string): string {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'client'
}

function camel(text: string): string {
  const name = text.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return /^\d/.test(name) ? `_${name}` : name
}
