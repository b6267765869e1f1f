import path from 'node:path'
import type { AnyNode, Program } from 'acorn'
import { bindingsOf, type Exported, exportedBy } from './exported.ts'
import type { Guess } from './guess.ts'
import { instanceMadeBy } from './instances.ts'
import {
  constructorParameters,
  isFunction,
  type Method,
  methodsOfClass,
  methodsOfObject,
  readingCalls,
  staticMethods,
} from './methods.ts'
import { type BaseUrl, baseUrlArguments, callArguments, isAddress, isBase } from './parameters.ts'
import { definedIn, returnedBy } from './returned.ts'

/** A guess with how likely it is beside the others of its module. */
export interface RankedGuess {
  readonly guess: Guess
  /** Higher is likelier. */
  readonly likelihood: number
}

/** So many ways to read are tried of one way to open. */
const mostCalls = 3

/**
 * How the exports of a module might be called for one GET.
 *
 * @param module From the root, `./src/api.ts`.
 * @param only Name of the export that is meant. Default: any.
 */
export function guessesIn(tree: Program, module: string, only?: string): readonly RankedGuess[] {
  const bound = bindingsOf(tree)
  return exportedBy(tree)
    .filter(({ name }) => only === undefined || name === only)
    .flatMap((exported) => guessesOf(exported, module, bound))
    .toSorted((one, other) => other.likelihood - one.likelihood)
}

function guessesOf(exported: Exported, module: string, bound: ReadonlyMap<string, AnyNode>): readonly RankedGuess[] {
  const { node } = exported
  const local = localName(exported, module)
  const base = { module, exportName: exported.name, local }
  const instance = instanceMadeBy(node)
  if (instance !== undefined) {
    return [{ guess: { ...base, setup: instance.lead(local), call: instance.call(local) }, likelihood: 5 }]
  }
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const opened = baseUrlArguments(constructorParameters(node), node).map((each) => ({
      ...each,
      text: `new ${local}(${each.text})`,
    }))
    const made = staticMethods(node).flatMap(({ name, parameters, node: own }) =>
      baseUrlArguments(parameters, own)
        .filter(({ isNamed }) => isNamed)
        .map((each) => ({ ...each, text: `await ${local}.${name}(${each.text})` })),
    )
    return ofOpened(base, [...opened, ...made], readingCalls(methodsOfClass(node)))
  }
  if (!isFunction(node)) return []
  const opened = baseUrlArguments(node.params, node).map((each) => ({ ...each, text: `await ${local}(${each.text})` }))
  return [...ofFactory(), ...ofFunction()]

  function ofFactory(): readonly RankedGuess[] {
    if (!isFunction(node)) return []
    const given = returnedBy(node, bound)
    const made = given.map(instanceMadeBy).find((each) => each !== undefined)
    if (made !== undefined) {
      if (opened.length > 0) return ofOpened(base, opened, [made.call('').slice(1)])
      const setup = `const api = await ${local}()\n${made.lead('api')}`
      return [{ guess: { ...base, setup, call: made.call('api') }, likelihood: 4 }]
    }
    const within = new Map([...bound, ...definedIn(node)])
    return ofOpened(base, opened, readingCalls(given.flatMap((each) => methodsIn(each, within))))
  }

  function ofFunction(): readonly RankedGuess[] {
    if (!isFunction(node)) return []
    const [first, ...others] = node.params
    const likelihood = /^(?:get|fetch|read|load|request)/i.test(local) ? 3 : 1
    if (isBase(first)) {
      return [{ guess: { ...base, call: `${local}(${['origin', ...callArguments(others)].join(', ')})` }, likelihood }]
    }
    if (!isAddress(first)) return []
    const given = ['origin + path', ...callArguments(others)]
    return [{ guess: { ...base, call: `${local}(${given.join(', ')})` }, likelihood }]
  }
}

function ofOpened(
  base: Pick<Guess, 'module' | 'exportName' | 'local'>,
  opened: readonly BaseUrl[],
  calls: readonly string[],
): readonly RankedGuess[] {
  return opened.flatMap(({ text, isNamed }) =>
    calls.slice(0, mostCalls).map((call, place) => ({
      guess: { ...base, setup: `const api = ${text}`, call: `api.${call}` },
      likelihood: (isNamed ? 6 : 3) - place / mostCalls,
    })),
  )
}

/** The functions of what a factory gives back. */
function methodsIn(node: AnyNode, bound: ReadonlyMap<string, AnyNode>): readonly Method[] {
  if (node.type === 'ObjectExpression') return methodsOfObject(node, bound)
  if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier') return []
  const made = bound.get(node.callee.name)
  return made?.type === 'ClassDeclaration' || made?.type === 'ClassExpression' ? methodsOfClass(made) : []
}

/** What the export is called in the adapter: its name, or what a default export is called where it stands. */
function localName({ name, node }: Exported, module: string): string {
  if (name !== 'default' && name !== 'path' && name !== 'origin' && name !== 'api') return name
  if (name === 'api') return instanceMadeBy(node) === undefined ? 'makeApi' : 'api'
  const own = 'id' in node && node.id?.type === 'Identifier' ? node.id.name : undefined
  if (own !== undefined && own !== 'api') return own
  const words = path
    .basename(module)
    .replace(/\.[cm]?[jt]s$/, '')
    .split(/\W+/)
  const fromFile = words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  return /^[A-Za-z]\w*$/.test(fromFile) && fromFile !== 'api' ? fromFile : 'client'
}
