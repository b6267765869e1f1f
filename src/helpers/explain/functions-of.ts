import { type AnyNode, type Options, parse } from 'acorn'

/** A function in a source, from its first to behind its last character. */
interface SourceFunction {
  readonly start: number
  readonly end: number
  readonly label: string
}

/** Tells the functions of one source apart. */
export interface SourceFunctions {
  /**
   * A name for the function that begins at a place, which holds when lines move: for one without a name that of the
   * function around it, and its number among those without a name in there.
   *
   * @param line From 0.
   * @param column In UTF-16 units, from 0.
   * @returns Nothing where no function is.
   */
  labelAt(line: number, column: number): string | undefined
  /** The line, from 1, of the first function of such a name. */
  lineOf(label: string): number | undefined
}

/** @returns Nothing for what is no JavaScript. */
export function functionsOf(source: string): SourceFunctions | undefined {
  const program = parsed(source)
  if (program === undefined) return undefined
  const functions: SourceFunction[] = []
  collect(program, { label: '', unnamed: 0 }, undefined, functions)
  functions.sort((one, other) => one.start - other.start)
  const lines = source.split('\n')
  return {
    labelAt(line, column) {
      const place = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + column
      // In order of their beginnings, so that the innermost is the last.
      return functions.findLast(({ start, end }) => start <= place && place < end)?.label
    },
    lineOf(label) {
      const found = functions.find((each) => each.label === label)
      return found && source.slice(0, found.start).split('\n').length
    },
  }
}

const options: Options = { ecmaVersion: 'latest', allowReturnOutsideFunction: true, allowHashBang: true }

function parsed(source: string): AnyNode | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(source, { ...options, sourceType }) as AnyNode
    } catch {
      // The other kind of source, or none.
    }
  }
  return undefined
}

/** The function, or the whole source, that is being looked through. */
interface Around {
  readonly label: string
  unnamed: number
}

function collect(node: AnyNode, around: Around, given: string | undefined, into: SourceFunction[]): void {
  let inside = around
  if (isFunction(node)) {
    const own = node.id?.name ?? given
    const label = own ?? `(anonymous ${++around.unnamed}${around.label && ` in ${around.label}`})`
    into.push({ start: node.start, end: node.end, label })
    inside = { label, unnamed: 0 }
  }
  for (const child of childrenOf(node)) collect(child, inside, nameFor(child, node, given), into)
}

function isFunction(node: AnyNode) {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  )
}

/**
 * The name that a node gives to a function that stands in it as a value, or nothing. A constructor has that of its class, as
 * in V8's profiles.
 *
 * @param given The node's own.
 */
function nameFor(child: AnyNode, parent: AnyNode, given: string | undefined): string | undefined {
  switch (parent.type) {
    case 'ClassDeclaration':
    case 'ClassExpression':
      return child === parent.body ? (parent.id?.name ?? given) : undefined
    case 'ClassBody':
      return given
    case 'MethodDefinition':
      if (child !== parent.value) return undefined
      return (parent.kind === 'constructor' ? given : undefined) ?? nameOf(parent.key)
    case 'Property':
    case 'PropertyDefinition':
      return child === parent.value ? nameOf(parent.key) : undefined
    case 'VariableDeclarator':
      return child === parent.init ? nameOf(parent.id) : undefined
    case 'AssignmentExpression':
      return child === parent.right ? nameOf(parent.left) : undefined
    default:
      return undefined
  }
}

function nameOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'PrivateIdentifier') return `#${node.name}`
  if (node.type === 'Literal') return String(node.value)
  return node.type === 'MemberExpression' ? nameOf(node.property) : undefined
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode)
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
