import { existsSync, readFileSync } from 'node:fs'
import type { ExportSpecifier, Program } from 'acorn'
import { syntaxTree } from './syntax-tree.ts'

/** Whether a file is there and exports a name. One that cannot be read as code is taken to: it says so itself when it is loaded. */
export function fileExports(file: string, name: string): boolean {
  if (!existsSync(file)) return false
  const tree = syntaxTree(readFileSync(file, 'utf8'), file)
  return tree === undefined || exportsName(tree, name)
}

/** Whether a module exports something under a name. What `export *` passes on is not looked at, and is taken to do so. */
export function exportsName(tree: Program, name: string): boolean {
  return tree.body.some((node) => {
    if (node.type === 'ExportAllDeclaration') return !node.exported || nameOf(node.exported) === name
    if (node.type === 'ExportDefaultDeclaration') return name === 'default'
    if (node.type !== 'ExportNamedDeclaration') return false
    const { declaration } = node
    if (!declaration) {
      return node.specifiers.some(({ exported }) => nameOf(exported) === name)
    }
    if (declaration.type !== 'VariableDeclaration') return declaration.id.name === name
    // A pattern can hold any number of names.
    return declaration.declarations.some(({ id }) => id.type !== 'Identifier' || id.name === name)
  })
}

function nameOf(node: ExportSpecifier['exported']): string {
  return node.type === 'Identifier' ? node.name : String(node.value)
}
