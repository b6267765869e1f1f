/** Beyond so many characters biome puts the values of an array on lines of their own. */
const lineWidth = 120

/**
 * A JSON text with other values, and otherwise as it was: order, spaces and the writing of numbers stay wherever the value
 * does. New entries come at the end of their object, as biome writes them, with the indentation and the line ends of the text;
 * an object on one line stays on it.
 *
 * @param text An object.
 * @param value What it is to hold. Nothing is removed: what it lacks stays.
 * @throws {SyntaxError} for a text that is no JSON.
 */
export function editedJson(text: string, value: object): string {
  const root = new Scanner(text).scan()
  const inItsStyle = styleOf(text)
  let edited = text
  // From the end on, so that places before an edit stay what they are.
  for (const { start, end, insert } of editsOf(root, JSON.parse(text), value).toSorted(byPlace)) {
    edited = edited.slice(0, start) + inItsStyle(insert) + edited.slice(end)
  }
  return edited
}

/** Writes lines of {@link formattedJson} as a text has its own: a line break is never part of a JSON string. */
function styleOf(text: string): (formatted: string) => string {
  const [, lineEnd = '\n', unit = '  '] = /(\r?\n)([ \t]+)/.exec(text) ?? []
  return (formatted) =>
    formatted.replace(/\n((?: {2})*)/g, (_, { length }: string) => lineEnd + unit.repeat(length / 2))
}

/** A value on one line. */
function jsonOnOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOnOneLine).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return entries.length === 0 ? '{}' : `{ ${entries.map(entryOnOneLine).join(', ')} }`
}

function entryOnOneLine([key, value]: readonly [key: string, value: unknown]): string {
  return `${JSON.stringify(key)}: ${jsonOnOneLine(value)}`
}

/** A value as biome formats it: objects a line an entry, arrays of plain values on one line where they fit. @param depth Of the lines below. */
export function formattedJson(value: unknown, depth = 0, before = 0): string {
  const indent = '  '.repeat(depth + 1)
  const close = `\n${'  '.repeat(depth)}`
  if (Array.isArray(value)) {
    const line = `[${value.map((each) => formattedJson(each)).join(', ')}]`
    const isPlain = value.every((each) => typeof each !== 'object' || each === null)
    if (isPlain && before + line.length <= lineWidth) return line
    return `[\n${value.map((each) => indent + formattedJson(each, depth + 1)).join(',\n')}${close}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined)
    if (entries.length === 0) return '{}'
    return `{\n${entries.map(([key, each]) => indent + entryOf(key, each, depth + 1)).join(',\n')}${close}}`
  }
  return JSON.stringify(value)
}

function entryOf(key: string, value: unknown, depth: number): string {
  const start = `${JSON.stringify(key)}: `
  return start + formattedJson(value, depth, 2 * depth + start.length)
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly insert: string
}

function byPlace(one: Edit, other: Edit): number {
  return other.start - one.start
}

function editsOf(
  node: Node,
  was: unknown,
  value: unknown,
  { depth, onOneLine }: { readonly depth: number; readonly onOneLine: boolean } = { depth: 0, onOneLine: false },
): readonly Edit[] {
  if (node.entries === undefined || !isObject(was) || !isObject(value)) {
    if (JSON.stringify(was) === JSON.stringify(value)) return []
    const insert = onOneLine ? jsonOnOneLine(value) : formattedJson(value, depth, node.column)
    return [{ start: node.start, end: node.end, insert }]
  }
  const { entries, end } = node
  // One without entries is as what it stands in.
  const isOnOneLine = entries.size === 0 ? onOneLine : node.isOnOneLine
  const inside = [...entries].flatMap(([key, child]) =>
    value[key] === undefined ? [] : editsOf(child, was[key], value[key], { depth: depth + 1, onOneLine: isOnOneLine }),
  )
  const added = Object.entries(value).filter(([key, each]) => each !== undefined && !entries.has(key))
  if (added.length === 0) return inside
  const last = [...entries.values()].at(-1)
  if (isOnOneLine) {
    const line = added.map(entryOnOneLine).join(', ')
    if (last === undefined) return [...inside, { start: node.start, end, insert: `{ ${line} }` }]
    return [...inside, { start: last.end, end: last.end, insert: `, ${line}` }]
  }
  const indent = `\n${'  '.repeat(depth + 1)}`
  const lines = added.map(([key, each]) => indent + entryOf(key, each, depth + 1)).join(',')
  if (last === undefined) {
    return [...inside, { start: node.start + 1, end: end - 1, insert: `${lines}\n${'  '.repeat(depth)}` }]
  }
  return [...inside, { start: last.end, end: last.end, insert: `,${lines}` }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where a value stands in a text; of an object also where those of its entries do. */
interface Node {
  readonly start: number
  readonly end: number
  /** Characters before it on its line. */
  readonly column: number
  readonly isOnOneLine: boolean
  readonly entries?: ReadonlyMap<string, Node>
}

/** Finds the places of the values of a text that is JSON. */
class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    JSON.parse(text)
    this.#text = text
  }

  scan(): Node {
    this.#skip()
    const start = this.#at
    const column = start - (this.#text.lastIndexOf('\n', start - 1) + 1)
    const first = this.#text[start]
    const entries = first === '{' ? this.#entries() : undefined
    if (first === '[') this.#array()
    else if (first === '"') this.#string()
    else if (entries === undefined) this.#match(/[-+.\w]+/y)
    const end = this.#at
    const isOnOneLine = !this.#text.slice(start, end).includes('\n')
    return { start, end, column, isOnOneLine, ...(entries && { entries }) }
  }

  #entries(): ReadonlyMap<string, Node> {
    const entries = new Map<string, Node>()
    for (this.#at++; this.#next() !== '}'; ) {
      const key = JSON.parse(this.#string()) as string
      this.#skip()
      this.#at++
      entries.set(key, this.scan())
    }
    this.#at++
    return entries
  }

  #array(): void {
    for (this.#at++; this.#next() !== ']'; ) this.scan()
    this.#at++
  }

  /** The next character that is no space and no comma, which JSON has been found to have where they belong. */
  #next(): string | undefined {
    this.#match(/[\s,]*/y)
    return this.#text[this.#at]
  }

  #skip(): void {
    this.#match(/\s*/y)
  }

  #string(): string {
    return this.#match(/"(?:[^"\\]|\\.)*"/y)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [found = ''] = pattern.exec(this.#text) ?? []
    this.#at += found.length
    return found
  }
}
