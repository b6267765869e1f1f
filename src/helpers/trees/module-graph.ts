import { existsSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AnyNode, Expression } from 'acorn'
import { UsageError } from '../budgets/usage-error.ts'
import { nodesIn, syntaxTree } from './syntax-tree.ts'

/** What a module loads. */
export interface ModuleGraph {
  /**
   * The module and the files that it loads, directly or through others; paths from the root with `/`, in order. Those beside
   * the root, as in a repository of several projects, begin with `../`. A file that is imported and is not there is among them.
   */
  readonly files: readonly string[]
  /** Names of the packages that these files import, in order. */
  readonly packages: readonly string[]
}

/**
 * Follows what a module loads at run time: `import` and `export … from`, `import()` and `require()` with a literal, and
 * `new URL('./x', import.meta.url)`, which is how workers and data are addressed. Types do not load anything. Files
 * inside packages are not followed.
 *
 * @throws {UsageError} when the entry file is not there.
 */
export async function moduleGraph(entry: string, root: string): Promise<ModuleGraph> {
  if (!existsSync(entry)) throw new UsageError(`the module ${entry} is not there`)
  const realRoot = realpathSync(root)
  const files = new Set<string>()
  const packages = new Set<string>()
  const queue = [entry]
  for (const each of queue) {
    // Modules are known by their real paths.
    const file = existsSync(each) ? realpathSync(each) : each
    const place = path.relative(realRoot, file).split(path.sep).join('/')
    if (path.isAbsolute(place) || files.has(place)) continue
    const packageName = packageAt(place)
    if (packageName !== undefined) {
      packages.add(packageName)
      continue
    }
    files.add(place)
    for (const loaded of await loadedBy(file)) {
      if ('package' in loaded) packages.add(loaded.package)
      else queue.push(loaded.file)
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() }
}

type Loaded = { readonly package: string } | { readonly file: string }

async function loadedBy(file: string): Promise<readonly Loaded[]> {
  if (!isFile({ file })) return []
  const tree = syntaxTree(await readFile(file, 'utf8'), file)
  if (tree === undefined) return []
  return [...nodesIn(tree)].flatMap((node) => {
    const specifier = specifierIn(node)
    if (specifier !== undefined)
      return node.type === 'CallExpression' ? required(specifier, file) : resolved(specifier, file)
    const address = addressIn(node)
    return address === undefined ? [] : fileAt(address, file).filter(isFile)
  })
}

function resolved(specifier: string, from: string): readonly Loaded[] {
  if (/^(?:\.{1,2}\/|\/|file:)/.test(specifier)) return fileAt(specifier, from)
  // `data:` and `node:` are no packages, and `#` is the package's own business.
  if (isBuiltin(specifier) || /^(?:\w+:|#|\.{1,2}$)/.test(specifier)) return []
  return [{ package: packageOf(specifier) }]
}

/** As `require` finds it: without an ending, or in a folder. */
function required(specifier: string, from: string): readonly Loaded[] {
  if (!/^(?:\.{1,2}(?:\/|$)|\/)/.test(specifier)) return resolved(specifier, from)
  try {
    return [{ file: createRequire(from).resolve(specifier) }]
  } catch {
    // It is not there.
    return fileAt(specifier, from)
  }
}

function fileAt(address: string, from: string): readonly { readonly file: string }[] {
  try {
    return [{ file: fileURLToPath(new URL(address, pathToFileURL(from))) }]
  } catch {
    // Not an address of a file on this machine.
    return []
  }
}

function isFile({ file }: { readonly file: string }): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

/** The package of a specifier, without the path in it: `@scope/name/lib/x.js` is in `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The package that a file of the tree belongs to, if any. */
function packageAt(place: string): string | undefined {
  const [, inside] = /(?:^|\/)node_modules\/(?!.*\/node_modules\/)(.+)$/.exec(place) ?? []
  return inside === undefined ? undefined : packageOf(inside)
}

/** What a node imports, where it says so literally. */
function specifierIn(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return textOf(node.source)
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require' ? textOf(node.arguments[0]) : undefined
    default:
      return undefined
  }
}

/** The first argument of `new URL(…, import.meta.url)`. */
function addressIn(node: AnyNode): string | undefined {
  if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return undefined
  const [address, base] = node.arguments
  const isHere = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty'
  return isHere ? textOf(address) : undefined
}

function textOf(node: AnyNode | Expression | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}
