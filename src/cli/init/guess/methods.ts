import type { Function as AnyFunction, AnyNode, Pattern } from 'acorn'
import { nodesIn } from '../../../helpers/trees/syntax-tree.ts'
import { nameOf } from './exported.ts'
import { callArguments } from './parameters.ts'

/** A function that something has under a name. */
export interface Method {
  readonly name: string
  readonly parameters: readonly Pattern[]
  readonly node: AnyNode
}

const reading = /^(?:get|fetch|read|load|find|list|retrieve|show|search|lookup|query)(?![a-z])/
const changing =
  /^(?:post|put|patch|delete|remove|create|update|save|send|set|add|insert|upload|on|close|end|destroy)(?![a-z])/

/** The calls by which a GET can be made, `getItem('42')`, the likeliest first. */
export function readingCalls(methods: readonly Method[]): readonly string[] {
  return methods
    .map((method) => ({ method, likelihood: likelihoodOf(method) }))
    .filter(({ likelihood }) => likelihood > 0)
    .toSorted((one, other) => other.likelihood - one.likelihood)
    .map(({ method: { name, parameters } }) => `${name}(${callArguments(parameters).join(', ')})`)
}

function likelihoodOf({ name, parameters, node }: Method): number {
  if (changing.test(name) || name === 'constructor') return 0
  const needed = callArguments(parameters)
  // Of two that read, the one that is named after something it needs no more than an id, or a path, for.
  const plain = needed.length <= 1 ? 1 : 0
  const named = reading.test(name) ? 4 : 0
  const gets = callsGet(node) ? 2 : 0
  const one = needed.length === 1 ? 1 : 0
  const sends = named + gets === 0 ? 0 : plain + one
  return named + gets + sends
}

function callsGet(node: AnyNode): boolean {
  for (const each of nodesIn(node)) {
    if (each.type !== 'CallExpression') continue
    const { callee } = each
    if (callee.type === 'Identifier' && callee.name === 'fetch') return true
    if (callee.type === 'MemberExpression' && nameOf(callee.property) === 'get') return true
  }
  return false
}

/** Public methods of a class. */
export function methodsOfClass(
  node: Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>,
): readonly Method[] {
  return node.body.body.flatMap((member): readonly Method[] => {
    if (member.type === 'MethodDefinition') {
      const name = nameOf(member.key)
      if (name === undefined || member.static || member.computed || member.kind !== 'method') return []
      return [{ name, parameters: member.value.params, node: member.value }]
    }
    if (member.type !== 'PropertyDefinition' || member.static || !member.value || !isFunction(member.value)) return []
    const name = nameOf(member.key)
    return name === undefined ? [] : [{ name, parameters: member.value.params, node: member.value }]
  })
}

/** Methods of a class itself, one of which may make an instance. */
export function staticMethods(
  node: Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>,
): readonly Method[] {
  return node.body.body.flatMap((member): readonly Method[] => {
    if (member.type !== 'MethodDefinition' || !member.static || member.computed || member.kind !== 'method') return []
    const name = nameOf(member.key)
    return name === undefined ? [] : [{ name, parameters: member.value.params, node: member.value }]
  })
}

/** Functions among the properties of an object. */
export function methodsOfObject(
  node: Extract<AnyNode, { type: 'ObjectExpression' }>,
  bound: ReadonlyMap<string, AnyNode>,
): readonly Method[] {
  return node.properties.flatMap((property): readonly Method[] => {
    if (property.type !== 'Property' || property.computed) return []
    const name = nameOf(property.key)
    const value = property.value.type === 'Identifier' ? bound.get(property.value.name) : property.value
    return name === undefined || value === undefined || !isFunction(value)
      ? []
      : [{ name, parameters: value.params, node: value }]
  })
}

/** Constructor parameters of a class; none where it has no constructor of its own. */
export function constructorParameters(
  node: Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>,
): readonly Pattern[] {
  const own = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor')
  return own?.type === 'MethodDefinition' ? own.value.params : []
}

export function isFunction(node: AnyNode): node is AnyFunction & AnyNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  )
}
