import {
  type AnyNode,
  type Class,
  type Comment,
  type Function as FunctionNode,
  type MethodDefinition,
  type Options,
  parse,
} from 'acorn'
import { minify_sync } from 'terser'
import { type Random, shuffled } from '../statistics/random.ts'

/** What kind of file a source text is. */
export type SourceType = 'module' | 'commonjs'

/** A change of a source text that leaves its behaviour as it is. */
export type TextChange = (text: string, type: SourceType) => string

/** Takes comments out; all else stays where it is. */
export const withoutComments: TextChange = (text, type) => {
  const comments: Comment[] = []
  parsed(text, type, comments)
  // A comment parts tokens, and one that holds a line break ends statements.
  const replacements = comments.map(({ start, end }) => ({
    start,
    end,
    text: text.slice(start, end).includes('\n') ? '\n' : ' ',
  }))
  return replaced(text, replacements)
}

/** What {@link printed} changes. */
interface Printing {
  /**
   * Whether variables, parameters and functions get other names. Classes keep theirs, because errors show them; so does
   * what is exported or a property.
   */
  readonly renames: boolean
  readonly keepsComments: boolean
  /** Whether what is not needed between tokens is left out; else it is printed with the printer's own indentation. */
  readonly dense: boolean
}

/** Prints the text anew. */
export function printed({ renames, keepsComments, dense }: Printing): TextChange {
  return (text, type) => {
    const { code } = minify_sync(text, {
      compress: false,
      module: type === 'module',
      mangle: renames && { toplevel: true, keep_classnames: true },
      parse: { bare_returns: type === 'commonjs' },
      format: { comments: keepsComments ? 'all' : false, beautify: !dense, keep_quoted_props: true },
    })
    if (code === undefined) throw new Error('terser printed nothing')
    return code
  }
}

/**
 * Puts the functions of the file, and the methods of each class, into another order. Function declarations are there
 * before anything runs, wherever they stand, and methods before any instance is. What is left where it is: everything
 * with a computed name other than a variable's, and whatever is declared twice, because the last one counts.
 */
export function reordered(random: Random): TextChange {
  return (text, type) => {
    const functions: FunctionNode[] = []
    const classes: Class[] = []
    for (const node of parsed(text, type).body) {
      const declared = node.type === 'ExportNamedDeclaration' ? (node.declaration ?? undefined) : node
      if (declared?.type === 'FunctionDeclaration')
        functions.push(node === declared ? declared : { ...declared, start: node.start })
      else collectClasses(node, classes)
    }
    const replacements = [
      permuted(
        text,
        onlyOnes(functions, ({ id }) => id?.name),
        random,
        '',
      ),
      // The semicolon keeps a field without one from going on into a method whose name stands in brackets.
      ...classes.map(({ body }) => permuted(text, onlyOnes(body.body.filter(isMethod), methodName), random, ';')),
    ]
    return replaced(text, replacements.flat())
  }
}

const options: Partial<Options> = { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: true }

function parsed(text: string, type: SourceType, onComment: Comment[] = []) {
  const sourceType = type === 'module' ? 'module' : 'script'
  return parse(text, { ...options, ecmaVersion: 'latest', sourceType, onComment })
}

/** Classes of a file that stand in no function and in no other class. */
function collectClasses(node: AnyNode, found: Class[]): void {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    found.push(node)
    return
  }
  if (/Function/.test(node.type)) return
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) collectClasses(child, found)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function isMethod(member: Class['body']['body'][number]): member is MethodDefinition {
  return member.type === 'MethodDefinition'
}

/** Undefined where reading the name may do something. */
function methodName({ key, computed, kind, static: isStatic }: MethodDefinition): string | undefined {
  const named = key.type === 'Identifier' || (key.type === 'PrivateIdentifier' && !computed)
  if (!named) return undefined
  return [isStatic ? 'static' : '', kind, computed ? '[]' : '', key.type, key.name].join(' ')
}

/** Those with a name that no other one has. */
function onlyOnes<Item>(items: readonly Item[], nameOf: (item: Item) => string | undefined): Item[] {
  const byName = Map.groupBy(items, nameOf)
  return items.filter((item) => {
    const name = nameOf(item)
    return name !== undefined && byName.get(name)?.length === 1
  })
}

interface Span {
  readonly start: number
  readonly end: number
}

interface Replacement extends Span {
  readonly text: string
}

/** The spans' texts in another order in the same places. */
function permuted(text: string, spans: readonly Span[], random: Random, before: string): Replacement[] {
  const texts = shuffled(
    spans.map(({ start, end }) => text.slice(start, end)),
    random,
  )
  return spans.map(({ start, end }, index) => ({ start, end, text: before + texts[index] }))
}

/** @param replacements None of which lies in another. */
function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = ''
  let at = 0
  for (const { start, end, text: instead } of replacements.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(at, start) + instead
    at = end
  }
  return result + text.slice(at)
}
