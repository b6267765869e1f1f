import { type AnyNode, type CallExpression, type Pattern, parse } from 'acorn'
import { computedName, type FunctionNode, isFunction, nameOf, nodesOf } from './syntax.ts'

/** The modules of a package, to be read by name. */
export interface Sources {
  /** Text of a module; undefined for one of another package. */
  textOf(module: string): string | undefined
  /** The module that an import leads to. */
  resolve(specifier: string, from: string): string
}

/**
 * Every option that a function reads of its first parameter, the config, and every option that other functions read to
 * which it hands the config, in its own module and in those that it imports: `config.x`, `config?.x`, `config['x']`,
 * `const { x } = config`, `own('x')` where `own` reads of the config, `getSafeProp(config, 'x')`, `'x' in config`, and the
 * same of other names for the config and of `response.config`. Rather too much than too little: a name that is the config's
 * in one function is taken for it in the whole module.
 *
 * @param exported Name of the function, or `default`.
 * @returns Sorted. {@link computedName} among them where a name is not to be told from the text.
 */
export function readOptions(sources: Sources, module: string, exported = 'default'): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const visit = (at: string, name: string, place: number): void => {
    const text = sources.textOf(at)
    if (text === undefined || seen.has(`${at} ${name} ${place}`)) return
    seen.add(`${at} ${name} ${place}`)
    const reading = new ModuleReading(text)
    reading.enter(name, place)
    for (const option of reading.options) found.add(option)
    for (const call of reading.handedOn) visit(sources.resolve(call.specifier, at), call.name, call.place)
  }
  visit(module, exported, 0)
  return [...found].sort()
}

/** A call of what another module exports, which gets the config. */
interface HandedOn {
  readonly specifier: string
  readonly name: string
  /** Of the config among the arguments; -1 if it is only within one of them. */
  readonly place: number
}

class ModuleReading {
  readonly options = new Set<string>()
  readonly handedOn: HandedOn[] = []
  readonly #nodes: readonly AnyNode[]
  /** Names for the config. */
  readonly #aliases = new Set<string>()
  /** Names of functions that read the option that they are given the name of. */
  readonly #getters = new Set<string>()
  readonly #functions = new Map<string, FunctionNode>()
  readonly #imports = new Map<string, { readonly specifier: string; readonly name: string }>()

  constructor(text: string) {
    this.#nodes = [...nodesOf(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }))]
    for (const node of this.#nodes) this.#declare(node)
  }

  /** Reads the module for a function of it that gets the config. */
  enter(exported: string, place: number): void {
    const parameter = this.#exportedFunction(exported)?.params[place]
    if (parameter !== undefined) this.#bind(parameter)
    this.#findNames()
    for (const node of this.#nodes) this.#read(node)
  }

  #declare(node: AnyNode): void {
    if (node.type === 'FunctionDeclaration' && node.id) this.#functions.set(node.id.name, node)
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init && isFunction(node.init)) {
      this.#functions.set(node.id.name, node.init)
    }
    if (node.type !== 'ImportDeclaration') return
    for (const { type, local, ...rest } of node.specifiers) {
      const imported = 'imported' in rest && rest.imported.type === 'Identifier' ? rest.imported.name : 'default'
      if (type !== 'ImportNamespaceSpecifier') {
        this.#imports.set(local.name, { specifier: String(node.source.value), name: imported })
      }
    }
  }

  #exportedFunction(exported: string): FunctionNode | undefined {
    for (const node of this.#nodes) {
      if (exported === 'default' && node.type === 'ExportDefaultDeclaration') {
        const { declaration } = node
        if (declaration.type === 'Identifier') return this.#functions.get(declaration.name)
        // Behind a condition, too.
        return [...nodesOf(declaration)].filter(isFunction)[0]
      }
    }
    return this.#functions.get(exported)
  }

  /** Finds other names of the config until there are no more. */
  #findNames(): void {
    for (let before = -1; before !== this.#aliases.size + this.#getters.size; ) {
      before = this.#aliases.size + this.#getters.size
      for (const node of this.#nodes) {
        if (node.type === 'VariableDeclarator' && node.init && this.#isConfig(node.init)) this.#bind(node.id)
        if (node.type === 'AssignmentExpression' && this.#isConfig(node.right)) this.#bind(node.left)
        if (node.type === 'CallExpression') this.#followWithin(node)
      }
      for (const [name, declared] of this.#functions) if (this.#readsByName(declared)) this.#getters.add(name)
    }
  }

  /** What stands for the config: a name of it, a copy, what a function made of it, or one of several. */
  #isConfig(node: AnyNode): boolean {
    switch (node.type) {
      case 'Identifier':
        return this.#aliases.has(node.name)
      case 'MemberExpression':
        return !node.computed && node.property.type === 'Identifier' && node.property.name === 'config'
      case 'LogicalExpression':
      case 'AssignmentExpression':
        return this.#isConfig(node.left) || this.#isConfig(node.right)
      case 'ConditionalExpression':
        return this.#isConfig(node.consequent) || this.#isConfig(node.alternate)
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        return this.#isConfig(node.expression)
      case 'AwaitExpression':
        return this.#isConfig(node.argument)
      case 'ObjectExpression':
        return node.properties.some((each) => each.type === 'SpreadElement' && this.#isConfig(each.argument))
      case 'CallExpression':
        // What copies or completes it has it before all else; what reads one option has its name behind the config.
        return node.arguments.slice(0, 2).some((each) => this.#isConfig(each)) && this.#namesRead(node).length === 0
      default:
        return false
    }
  }

  #bind(pattern: AnyNode): void {
    if (pattern.type === 'Identifier') this.#aliases.add(pattern.name)
    if (pattern.type === 'AssignmentPattern') this.#bind(pattern.left)
    if (pattern.type !== 'ObjectPattern') return
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') this.#bind(property.argument)
      else this.options.add(nameOf(property.key, property.computed))
    }
  }

  #followWithin({ callee, arguments: given }: CallExpression): void {
    const declared = callee.type === 'Identifier' ? this.#functions.get(callee.name) : undefined
    if (declared === undefined || this.#readsByName(declared)) return
    given.forEach((argument, place) => {
      const parameter = declared.params[place]
      if (parameter !== undefined && this.#isConfig(argument)) this.#bind(parameter)
    })
  }

  /** Whether a function reads of the config what its own parameter names. */
  #readsByName({ params: [parameter], body }: FunctionNode): boolean {
    if (parameter?.type !== 'Identifier') return false
    const isName = (node: AnyNode | undefined): boolean => node?.type === 'Identifier' && node.name === parameter.name
    return [...nodesOf(body)].some((node) => {
      if (node.type === 'MemberExpression') return node.computed && this.#isConfig(node.object) && isName(node.property)
      return (
        node.type === 'CallExpression' &&
        node.arguments.some((each, place) => this.#isConfig(each) && isName(node.arguments[place + 1]))
      )
    })
  }

  #read(node: AnyNode): void {
    if (node.type === 'MemberExpression' && this.#isConfig(node.object)) {
      const isWithinGetter =
        node.computed && node.property.type === 'Identifier' && this.#isParameter(node.property.name)
      if (!isWithinGetter) this.options.add(nameOf(node.property, node.computed))
    }
    if (node.type === 'BinaryExpression' && node.operator === 'in' && this.#isConfig(node.right)) {
      this.options.add(nameOf(node.left, true))
    }
    if (node.type !== 'CallExpression') return
    for (const name of this.#namesRead(node)) this.options.add(name)
    this.#handOn(node)
  }

  /** Names that a call reads: `own('x')`, `getSafeProp(config, 'x')`. */
  #namesRead({ callee, arguments: given }: CallExpression): readonly string[] {
    if (callee.type === 'Identifier' && this.#getters.has(callee.name))
      return given.slice(0, 1).map((each) => nameOf(each, true))
    return given.flatMap((each, place) => {
      const next = given[place + 1]
      if (next === undefined || !this.#isConfig(each)) return []
      const name = nameOf(next, true)
      return name === computedName ? [] : [name]
    })
  }

  #isParameter(name: string): boolean {
    return [...this.#getters].some((getter) => {
      const parameter: Pattern | undefined = this.#functions.get(getter)?.params[0]
      return parameter?.type === 'Identifier' && parameter.name === name
    })
  }

  #handOn({ callee, arguments: given }: CallExpression): void {
    const imported = callee.type === 'Identifier' ? this.#imports.get(callee.name) : undefined
    if (imported === undefined) return
    given.forEach((argument, place) => {
      if (this.#isConfig(argument)) this.handedOn.push({ ...imported, place })
      else if (this.#holdsConfig(argument)) this.handedOn.push({ ...imported, place: -1 })
    })
  }

  /** Of what is handed on as a whole, which its receiver then reads as `response.config`. */
  #holdsConfig(node: AnyNode): boolean {
    if (node.type === 'Identifier') {
      return this.#nodes.some(
        (each) =>
          each.type === 'VariableDeclarator' &&
          each.id.type === 'Identifier' &&
          each.id.name === node.name &&
          each.init?.type === 'ObjectExpression' &&
          this.#holdsConfig(each.init),
      )
    }
    if (node.type !== 'ObjectExpression') return false
    return node.properties.some((each) => each.type === 'Property' && this.#isConfig(each.value))
  }
}
