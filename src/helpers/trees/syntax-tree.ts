import module from 'node:module'
import path from 'node:path'
import { type AnyNode, type Program, parse } from 'acorn'

/** Endings of files that Node runs as JavaScript, those of TypeScript after stripping the types. */
const typescript = ['.ts', '.mts', '.cts']
const sources = ['.js', '.mjs', '.cjs', ...typescript]

/**
 * What a source file says once comments, types, white space and line ends are left out.
 *
 * @param file Its ending tells the language.
 * @returns Undefined for what is no source text, and for what does not parse: importing that fails as well, and says why.
 */
export function syntaxTree(text: string, file: string): Program | undefined {
  const ending = path.extname(file)
  if (!sources.includes(ending)) return undefined
  try {
    return parse(typescript.includes(ending) ? withoutTypes(text) : text, {
      ecmaVersion: 'latest',
      sourceType: ending.startsWith('.c') ? 'script' : 'module',
      allowHashBang: true,
      allowReturnOutsideFunction: ending.startsWith('.c'),
    })
  } catch {
    return undefined
  }
}

/** A node with all that are in it, from outside to inside. */
export function* nodesIn(node: AnyNode): Generator<AnyNode> {
  yield node
  for (const child of childrenOf(node)) yield* nodesIn(child)
}

/** The nodes that a node is made of, one level down. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flat().filter(isNode)
}

/** Whether two texts of a file run alike: nothing but comments, types, white space and line ends differ. */
export function runsAlike(one: string, other: string, file: string): boolean {
  if (lines(one) === lines(other)) return true
  const [first, second] = [syntaxTree(one, file), syntaxTree(other, file)]
  return first !== undefined && second !== undefined && withoutPlaces(first) === withoutPlaces(second)
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function withoutPlaces(tree: Program): string {
  // Numbers that JSON does not know stand in the literal's `raw` as well.
  return JSON.stringify(tree, (key, value) =>
    key === 'start' || key === 'end' || typeof value === 'bigint' ? undefined : value,
  )
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

/** Node warns once that the function may change, which is no concern of whoever compares; it is pinned with Node. */
function withoutTypes(text: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return module.stripTypeScriptTypes(text)
  } finally {
    process.emitWarning = emitWarning
  }
}
