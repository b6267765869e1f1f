import type { Function as AnyFunction, AnyNode } from 'acorn'
import { isFunction } from './methods.ts'

/** What a function gives back, where the file tells: objects, `new Api()`, calls. Names are followed to what they were given. */
export function returnedBy(node: AnyFunction & AnyNode, bound: ReadonlyMap<string, AnyNode>): readonly AnyNode[] {
  const inside = new Map(bound)
  const found: AnyNode[] = []
  if (node.body.type !== 'BlockStatement') found.push(node.body)
  else visit(node.body)
  return found.map((each) => {
    const value = each.type === 'AwaitExpression' ? each.argument : each
    return value.type === 'Identifier' ? (inside.get(value.name) ?? value) : value
  })

  function visit(each: AnyNode): void {
    if (each.type === 'ReturnStatement' && each.argument) found.push(each.argument)
    if (each.type === 'VariableDeclarator' && each.id.type === 'Identifier' && each.init)
      inside.set(each.id.name, each.init)
    if (each.type === 'FunctionDeclaration' && each.id) inside.set(each.id.name, each)
    // What functions inside return is their own.
    if (isFunction(each)) return
    for (const value of Object.values(each)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child)
    }
  }
}

/** Functions that are defined inside of another, by name: what a factory puts into its object by name. */
export function definedIn(node: AnyFunction & AnyNode): ReadonlyMap<string, AnyNode> {
  if (node.body.type !== 'BlockStatement') return new Map()
  return new Map(
    node.body.body.flatMap((each): readonly (readonly [string, AnyNode])[] => {
      if (each.type === 'FunctionDeclaration') return [[each.id.name, each]]
      if (each.type !== 'VariableDeclaration') return []
      return each.declarations.flatMap(({ id, init }) => (id.type === 'Identifier' && init ? [[id.name, init]] : []))
    }),
  )
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value
}
