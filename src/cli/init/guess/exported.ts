import type { AnyNode, Program } from 'acorn'

/** What a module exports under a name, as far as the file itself tells. */
export interface Exported {
  /** `default` for the default export, and for what CommonJS exports as a whole. */
  readonly name: string
  readonly node: AnyNode
}

/** The functions, classes and values that a module exports and defines itself; ES modules and CommonJS alike. */
export function exportedBy(tree: Program): readonly Exported[] {
  const bound = bindingsOf(tree)
  const resolved = (node: AnyNode): AnyNode => (node.type === 'Identifier' ? (bound.get(node.name) ?? node) : node)
  return tree.body.flatMap((node): readonly Exported[] => {
    switch (node.type) {
      case 'ExportDefaultDeclaration':
        return [{ name: 'default', node: resolved(node.declaration) }]
      case 'ExportNamedDeclaration':
        if (node.source) return []
        return [
          ...(node.declaration ? declared(node.declaration) : []).map(([name, value]) => ({ name, node: value })),
          ...node.specifiers.flatMap(({ local, exported }) => {
            const value = bound.get(nameOf(local) ?? '')
            return value === undefined ? [] : [{ name: nameOf(exported) ?? 'default', node: value }]
          }),
        ]
      case 'ExpressionStatement':
        return commonJs(node.expression).map(({ name, node: value }) => ({ name, node: resolved(value) }))
      default:
        return []
    }
  })
}

/** What the file defines at its top, by name. */
export function bindingsOf(tree: Program): ReadonlyMap<string, AnyNode> {
  return new Map(
    tree.body.flatMap((node) =>
      declared(node.type === 'ExportNamedDeclaration' && node.declaration ? node.declaration : node),
    ),
  )
}

function declared(node: AnyNode): readonly (readonly [name: string, node: AnyNode])[] {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    return node.id ? [[node.id.name, node]] : []
  }
  if (node.type !== 'VariableDeclaration') return []
  return node.declarations.flatMap(({ id, init }) => (id.type === 'Identifier' && init ? [[id.name, init]] : []))
}

/** `module.exports = …`, `module.exports = { a, b }`, `module.exports.a = …` and `exports.a = …`. */
function commonJs(node: AnyNode): readonly Exported[] {
  if (node.type !== 'AssignmentExpression') return []
  const { left, right } = node
  const named = left.type === 'MemberExpression' && isExports(left.object) ? nameOf(left.property) : undefined
  if (named !== undefined) return [{ name: named, node: right }]
  if (!isModuleExports(left)) return []
  if (right.type !== 'ObjectExpression') return [{ name: 'default', node: right }]
  return right.properties.flatMap((property) => {
    const name = property.type === 'Property' ? nameOf(property.key) : undefined
    return property.type === 'Property' && name !== undefined ? [{ name, node: property.value }] : []
  })
}

function isExports(node: AnyNode): boolean {
  return (node.type === 'Identifier' && node.name === 'exports') || isModuleExports(node)
}

function isModuleExports(node: AnyNode): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    nameOf(node.property) === 'exports'
  )
}

/** The name of an identifier, a private one, or a literal in the place of one. */
export function nameOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
