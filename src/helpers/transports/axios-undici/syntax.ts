import type { AnyNode, ArrowFunctionExpression, FunctionDeclaration, FunctionExpression } from 'acorn'

/** Stands for a name that is made when the code runs. */
export const computedName = '(computed)'

export type FunctionNode = ArrowFunctionExpression | FunctionDeclaration | FunctionExpression

export function isFunction(node: AnyNode): node is FunctionNode {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type)
}

/** What a property is read by. @param isComputed Whether it stands in brackets. */
export function nameOf(key: AnyNode, isComputed: boolean): string {
  if (key.type === 'Identifier' && !isComputed) return key.name
  if (key.type === 'Literal' && typeof key.value === 'string') return key.value
  if (key.type === 'TemplateLiteral' && key.quasis.length === 1) return key.quasis[0]?.value.cooked ?? computedName
  return computedName
}

/** A node with everything below it. */
export function* nodesOf(node: AnyNode): Generator<AnyNode> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
