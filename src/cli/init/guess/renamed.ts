import { type AnyNode, parseExpressionAt } from 'acorn'
import { nodesIn } from '../../../helpers/trees/syntax-tree.ts'

/** Around an expression, so that it may wait. */
const before = 'async () => ('

/** An expression in which a variable has another name; members and keys of that name stay. */
export function renamed(expression: string, from: string, to: string): string {
  const tree = parseExpressionAt(`${before}${expression})`, 0, { ecmaVersion: 'latest', sourceType: 'module' })
  const nodes = [...nodesIn(tree)]
  const shorthand = new Set(nodes.flatMap((node) => (node.type === 'Property' && node.shorthand ? node.start : [])))
  const others = new Set(nodes.flatMap(namesIn))
  return nodes
    .filter((node) => node.type === 'Identifier' && node.name === from && !others.has(node))
    .map(({ start }) => start)
    .toSorted((one, other) => other - one)
    .reduce((text, start) => {
      const at = start - before.length
      return text.slice(0, at) + (shorthand.has(start) ? `${from}: ${to}` : to) + text.slice(at + from.length)
    }, expression)
}

/** What is in the place of a name within a node and no variable. */
function namesIn(node: AnyNode): readonly AnyNode[] {
  if (node.type === 'MemberExpression' && !node.computed) return [node.property]
  return node.type === 'Property' && !node.computed ? [node.key] : []
}
