import { isBuiltin } from 'node:module'
import type { AnyNode } from 'acorn'
import { childrenOf } from './syntax-tree.ts'

/** Modules of Node that read files, load code or run it elsewhere. */
const readers = ['child_process', 'cluster', 'fs', 'fs/promises', 'sqlite', 'vm', 'wasi']

/** Names by which code is loaded or made otherwise than by an import, and by which CommonJS knows where it lies. */
const names = ['require', 'createRequire', 'getBuiltinModule', 'dlopen', '__dirname', '__filename', 'eval', 'Function']

/** The same of `import.meta`. */
const metaNames = ['dirname', 'filename', 'resolve', 'url']

/**
 * Whether a module may load files in ways that {@link import('./module-graph.ts').moduleGraph} does not follow: by a computed
 * name or one that its manifest maps, by the file system, in a process of its own, or by telling others where it lies. Rather
 * too often than once too few.
 */
export function loadsUnseen(node: AnyNode): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      if (node.source) return isUnseen(textOf(node.source))
      break
    case 'ImportExpression':
      return isUnseen(textOf(node.source))
    case 'CallExpression':
      if (isNamed(node.callee, 'require')) return isUnseen(textOf(node.arguments[0]))
      break
    case 'VariableDeclarator':
      // As bundlers write it for ES modules: calls are followed by the name.
      if (isNamed(node.id, 'require') && isCreateRequire(node.init)) return false
      break
    case 'NewExpression':
      if (isOwnAddress(node)) return false
      if (isNamed(node.callee, 'Worker') && !isOwnAddress(node.arguments[0])) return true
      break
    case 'MemberExpression':
      if (node.object.type === 'MetaProperty') return metaNames.some((name) => isNamed(node.property, name))
      // Of anything else, too: it can be the module, or the process.
      break
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      if (!node.computed) return node.value ? loadsUnseen(node.value) : false
      break
    case 'Identifier':
      return names.includes(node.name)
  }
  return childrenOf(node).some(loadsUnseen)
}

function isUnseen(specifier: string | undefined): boolean {
  if (specifier === undefined || specifier.startsWith('#')) return true
  return isBuiltin(specifier) && readers.includes(specifier.replace(/^node:/, ''))
}

function isCreateRequire(node: AnyNode | null | undefined): boolean {
  if (node?.type !== 'CallExpression') return false
  const { callee } = node
  return isNamed(callee.type === 'MemberExpression' ? callee.property : callee, 'createRequire')
}

/** `new URL('./x', import.meta.url)`. */
function isOwnAddress(node: AnyNode | undefined): boolean {
  if (node?.type !== 'NewExpression' || !isNamed(node.callee, 'URL')) return false
  const [address, base] = node.arguments
  return textOf(address) !== undefined && base?.type === 'MemberExpression' && base.object.type === 'MetaProperty'
}

function isNamed(node: AnyNode | null | undefined, name: string): boolean {
  return node?.type === 'Identifier' && node.name === name
}

function textOf(node: AnyNode | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}
