import { stripTypeScriptTypes } from 'node:module'
import { type AnyNode, type CallExpression, type Expression, parse, parseExpressionAt } from 'acorn'

/** What a spec tells about itself, as far as it can be read off its text. */
interface Spec {
  readonly imported: ReadonlyMap<string, string>
  readonly initial: ReadonlyMap<string, Expression>
}

/** A call of `measure`, where it stands, and the name that its result gets. */
interface Measuring {
  readonly call: CallExpression
  readonly describes: readonly string[]
  readonly body: AnyNode
  readonly result: string | undefined
}

/**
 * The line, counted from 1, on which a spec states a budget: that of the matcher, else that of the call of `measure`.
 *
 * A client is known by the name of what is measured (`axiosFetch` is `axios-fetch`), else by that of a `describe` around
 * it; a scenario by its name (`post10k` is `post-10k`), by `smallJson({ inFlight: 4 })`, or by `{ name: 'orders' }`.
 *
 * @returns Undefined for a spec that does not state it, and for one that is no TypeScript.
 */
export function locateBudget(spec: string, client: string, scenario: string, matcher: string): number | undefined {
  const program = parsed(spec)
  if (program === undefined) return undefined
  const known = readSpec(program)
  const measuring = measuringIn(program).filter(({ call }) => isScenario(call.arguments[1], scenario, known))
  const found =
    measuring.find(({ call }) => namesOf(call.arguments[0], known).some((name) => sameName(name, client))) ??
    measuring.find(({ describes }) => describes.includes(client))
  if (found === undefined) return undefined
  return (matcherLine(found, matcher) ?? found.call.loc?.start.line) || undefined
}

/** The line of a client's scenario in the text of a budget file. @returns Undefined where it has none. */
export function locateTuned(budgetFile: string, client: string, scenario: string): number | undefined {
  try {
    const root = parseExpressionAt(budgetFile, 0, { ecmaVersion: 'latest', locations: true })
    const place = propertyOf(propertyOf(propertyOf(root, 'clients')?.value, client)?.value, scenario)
    return place?.key.loc?.start.line
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function parsed(spec: string): AnyNode | undefined {
  try {
    return parse(stripTypeScriptTypes(spec), { ecmaVersion: 'latest', sourceType: 'module', locations: true })
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function readSpec(program: AnyNode): Spec {
  const imported = new Map<string, string>()
  const initial = new Map<string, Expression>()
  walk(program, (node) => {
    if (node.type === 'ImportSpecifier' && node.imported.type === 'Identifier') {
      imported.set(node.local.name, node.imported.name)
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
      initial.set(node.id.name, node.init)
    }
  })
  return { imported, initial }
}

function measuringIn(program: AnyNode): Measuring[] {
  const found: Measuring[] = []
  walk(program, (call, around) => {
    if (!isCallOf(call, 'measure')) return
    const describes = around.flatMap((each) => (isCallOf(each, 'describe') ? textOf(each.arguments[0]) : []))
    const body = around.findLast(({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression')
    const declared = around.findLast((each) => each.type === 'VariableDeclarator')
    const result = declared?.id.type === 'Identifier' ? declared.id.name : undefined
    found.push({ call, describes, body: body ?? program, result })
  })
  return found
}

/** The line of `.toKeepUpWith` behind `expect` of this result. */
function matcherLine({ body, call, result }: Measuring, matcher: string): number | undefined {
  let line: number | undefined
  walk(body, (node) => {
    if (line !== undefined || node.type !== 'MemberExpression') return
    if (node.property.type !== 'Identifier' || node.property.name !== matcher || !isCallOf(node.object, 'expect'))
      return
    const [subject] = node.object.arguments
    const inline = subject !== undefined && subject.start <= call.start && call.end <= subject.end
    if (inline || (subject?.type === 'Identifier' && subject.name === result)) line = node.property.loc?.start.line
  })
  return line
}

type Argument = CallExpression['arguments'][number] | undefined

/** The names of what is handed over: as written, as exported, and as it names itself. */
function namesOf(argument: Argument, known: Spec): string[] {
  if (argument === undefined) return []
  if (argument.type === 'Identifier') {
    const { name } = argument
    return [name, known.imported.get(name) ?? name, ...namesOf(known.initial.get(name), known)]
  }
  if (argument.type !== 'CallExpression') return []
  const [options] = argument.arguments
  const inFlight = propertyOf(options, 'inFlight')?.value
  const small = isCallOf(argument, 'smallJson') && inFlight?.type === 'Literal' ? [`small-${inFlight.value}`] : []
  return [...textOf(propertyOf(options, 'name')?.value), ...small]
}

function isScenario(argument: Argument, scenario: string, known: Spec): boolean {
  return namesOf(argument, known).some((name) => sameName(name, scenario))
}

/** Names in code have no dashes: `undiciRequest` is `undici-request`. */
function sameName(one: string, other: string): boolean {
  const letters = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  return letters(one) === letters(other)
}

function propertyOf(node: AnyNode | undefined, name: string) {
  if (node?.type !== 'ObjectExpression') return undefined
  return node.properties.flatMap((each) => {
    if (each.type !== 'Property') return []
    const key = each.key.type === 'Identifier' ? [each.key.name] : textOf(each.key)
    return key.includes(name) ? each : []
  })[0]
}

function textOf(node: AnyNode | undefined): string[] {
  return node?.type === 'Literal' && typeof node.value === 'string' ? [node.value] : []
}

function isCallOf(node: AnyNode, name: string): node is CallExpression {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name
}

/** Visits a node and all below it in the order of the text, with the nodes around each, outermost first. */
function walk(node: AnyNode, visit: (node: AnyNode, around: readonly AnyNode[]) => void, around: AnyNode[] = []): void {
  visit(node, around)
  const inside = [...around, node]
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) walk(each, visit, inside)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
