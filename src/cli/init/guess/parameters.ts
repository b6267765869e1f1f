import type { AnyNode, Pattern } from 'acorn'
import { nodesIn } from '../../../helpers/trees/syntax-tree.ts'
import { nameOf } from './exported.ts'

/** Names that parameters and options with the base URL have, the most telling first. */
const baseNames = [
  'baseURL',
  'baseUrl',
  'baseUri',
  'base_url',
  'base',
  'origin',
  'endpoint',
  'apiUrl',
  'apiURL',
  'apiBase',
  'apiBaseUrl',
  'prefixUrl',
  'serverUrl',
  'server',
  'host',
  'address',
  'url',
  'uri',
  'root',
]

/** Names of options that hold a secret, which any text does for. */
const secrets = /^(?:api_?key|key|token|access_?token|auth_?token|secret|password)$/i

const paths = /^(?:path|pathname|url|uri|endpoint|route|resource|href)$/i

const optional = /^(?:options?|opts|config|configuration|settings|params|query|init|request|signal|headers)$/i

/** How certain it is that something is given the base URL by an expression. */
export interface BaseUrl {
  /** Arguments of the call, such as `{ baseURL: origin }`. */
  readonly text: string
  /** Whether the code names it so, and it is no mere trial. */
  readonly isNamed: boolean
}

/**
 * What a function or class may be given for it to talk to `origin`, the likeliest first.
 *
 * @param whole Where uses of the parameter are looked for: the function, or the class of a constructor.
 */
export function baseUrlArguments(parameters: readonly Pattern[], whole: AnyNode): readonly BaseUrl[] {
  const [first] = parameters
  if (first === undefined) return []
  const { node, isOptional } = withoutDefault(first)
  const others = parameters.slice(1).flatMap((each) => {
    const name = nameOf(withoutDefault(each).node)
    return name !== undefined && secrets.test(name) ? `, 'wiregauge'` : []
  })
  const inParentheses = (text: string): string => `${text}${others.join('')}`
  if (node.type === 'ObjectPattern') {
    const keys = node.properties.flatMap((property) =>
      property.type === 'Property' ? (nameOf(property.key) ?? []) : [],
    )
    return optionsWith(keys, keys).map((text) => ({ text: inParentheses(text), isNamed: true }))
  }
  const name = nameOf(node)
  if (name === undefined) return []
  const used = optionsOf(name, whole)
  const named = optionsWith(used.read, used.read)
  if (baseNames.includes(name) && named.length === 0) return [{ text: inParentheses('origin'), isNamed: true }]
  if (named.length > 0) return named.map((text) => ({ text: inParentheses(text), isNamed: true }))
  if (used.isPassedOn) return [{ text: inParentheses(withSecrets('baseURL', used.read)), isNamed: false }]
  return isOptional ? [] : [{ text: inParentheses('origin'), isNamed: false }]
}

function optionsWith(keys: readonly string[], all: readonly string[]): readonly string[] {
  return baseNames.filter((name) => keys.includes(name)).map((name) => withSecrets(name, all))
}

function withSecrets(name: string, all: readonly string[]): string {
  const others = all.filter((each) => secrets.test(each)).map((each) => `, ${each}: 'wiregauge'`)
  return `{ ${name}: origin${others.join('')} }`
}

/** Which members of a parameter are read, and whether it goes on to somebody else as a whole. */
function optionsOf(name: string, whole: AnyNode): { readonly read: readonly string[]; readonly isPassedOn: boolean } {
  const read = new Set<string>()
  let isPassedOn = false
  for (const node of nodesIn(whole)) {
    if (node.type === 'MemberExpression' && !node.computed) {
      const property = nameOf(node.property) ?? ''
      // What was kept as `this.config` or `this.#config` is the same object.
      const object = node.object.type === 'MemberExpression' ? memberName(node.object) : nameOf(node.object)
      if (object === name) read.add(property)
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && nameOf(node.init ?? node) === name) {
      for (const property of node.id.properties) {
        if (property.type === 'Property') read.add(nameOf(property.key) ?? '')
      }
    }
    if (node.type === 'CallExpression') isPassedOn ||= node.arguments.some((each) => nameOf(each) === name)
    if (node.type === 'SpreadElement') isPassedOn ||= nameOf(node.argument) === name
  }
  return { read: [...read], isPassedOn }
}

function memberName(node: Extract<AnyNode, { type: 'MemberExpression' }>): string | undefined {
  if (node.object.type !== 'ThisExpression') return undefined
  return node.property.type === 'PrivateIdentifier' ? node.property.name : nameOf(node.property)
}

/** Arguments for a method that is to make one request: `path` and `'42'`; those that may be left out are. */
export function callArguments(parameters: readonly Pattern[]): readonly string[] {
  const given: string[] = []
  for (const parameter of parameters) {
    const { node, isOptional } = withoutDefault(parameter)
    const name = nameOf(node)
    if (isOptional || node.type === 'RestElement' || (name !== undefined && optional.test(name))) break
    if (name === undefined) given.push('{}')
    else given.push(paths.test(name) ? 'path' : `'42'`)
  }
  return given
}

/** Whether a parameter is the address, or the path, of a request. */
export function isAddress(parameter: Pattern | undefined): boolean {
  const name = parameter === undefined ? undefined : nameOf(withoutDefault(parameter).node)
  return name !== undefined && paths.test(name)
}

/** Whether a parameter is named like a base URL, and not merely like an address. */
export function isBase(parameter: Pattern | undefined): boolean {
  const name = parameter === undefined ? undefined : nameOf(withoutDefault(parameter).node)
  return name !== undefined && baseNames.includes(name) && !paths.test(name)
}

function withoutDefault(parameter: Pattern): { readonly node: Pattern; readonly isOptional: boolean } {
  return parameter.type === 'AssignmentPattern'
    ? { node: parameter.left, isOptional: true }
    : { node: parameter, isOptional: false }
}
