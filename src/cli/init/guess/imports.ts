import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { AnyNode, Program } from 'acorn'
import { packageOf } from '../../../helpers/trees/module-graph.ts'
import { nodesIn } from '../../../helpers/trees/syntax-tree.ts'
import { isHttpClient } from '../detect/http-clients.ts'
import { nameOf } from './exported.ts'

/** What a source file uses. */
export interface Uses {
  /** HTTP clients that it imports, `fetch` for that of Node. */
  readonly clients: readonly string[]
  /** Files of the project that it imports, from the root with `/`. */
  readonly files: readonly string[]
  /** Whether it reads variables of the environment. */
  readonly environment: boolean
}

/** Endings that specifiers leave out, or name otherwise than the file: `./util`, and `./util.js` for `util.ts`. */
const endings = ['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js']

/** What a file of a project uses. @param file From the root. */
export function usesOf(tree: Program, file: string, root: string): Uses {
  const clients = new Set<string>()
  const files = new Set<string>()
  let environment = false
  for (const node of nodesIn(tree)) {
    const specifier = specifierIn(node)
    if (specifier?.startsWith('.')) {
      const found = fileAt(path.posix.join(path.posix.dirname(file), specifier), root)
      if (found !== undefined) files.add(found)
    } else if (specifier !== undefined && isHttpClient(packageOf(specifier))) clients.add(packageOf(specifier))
    if (isFetch(node)) clients.add('fetch')
    environment ||= isEnvironment(node)
  }
  return { clients: [...clients], files: [...files], environment }
}

function specifierIn(node: AnyNode): string | undefined {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') {
    return textOf(node.arguments[0])
  }
  const isImport =
    node.type === 'ImportDeclaration' ||
    node.type === 'ExportNamedDeclaration' ||
    node.type === 'ExportAllDeclaration' ||
    node.type === 'ImportExpression'
  return isImport ? textOf(node.source) : undefined
}

function isFetch(node: AnyNode): boolean {
  if (node.type !== 'CallExpression') return false
  const { callee } = node
  if (callee.type === 'Identifier') return callee.name === 'fetch'
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'globalThis' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'fetch'
  )
}

/** `process.env` and `import.meta.env`. */
function isEnvironment(node: AnyNode): boolean {
  if (node.type !== 'MemberExpression' || nameOf(node.property) !== 'env') return false
  return nameOf(node.object) === 'process' || node.object.type === 'MetaProperty'
}

function textOf(node: AnyNode | null | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

function fileAt(place: string, root: string): string | undefined {
  const bare = place.replace(/\.([cm]?)js$/, '')
  return endings.flatMap((ending) => [place + ending, bare + ending]).find((each) => isFile(path.join(root, each)))
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile()
}
