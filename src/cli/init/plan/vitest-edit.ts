import type { AnyNode, ObjectExpression, Program, Property } from 'acorn'
import { syntaxTree } from '../../../helpers/trees/syntax-tree.ts'
import { nameOf } from '../guess/exported.ts'

interface Insert {
  readonly at: number
  readonly text: string
}

/**
 * The text of a Vitest configuration with the project of the budgets; undefined where that is no plain object, or where it
 * cannot be told that the other projects leave the specs alone.
 *
 * @param name Of the file, whose ending tells the language.
 * @param project Expression for the project.
 */
export function withBudgetProject(text: string, name: string, project: string): string | undefined {
  const tree = syntaxTree(text, name)
  const config = tree && configIn(tree)
  const test = config && propertyOf(config, 'test')
  if (tree === undefined || test?.value.type !== 'ObjectExpression') return undefined
  // What is spread may hold projects and reporters, or take the place of those that are written here.
  if ([config, test.value].some((object) => object?.properties.some(({ type }) => type === 'SpreadElement')))
    return undefined
  const reporters = reportersInsert(test.value, text)
  const projects = projectsInsert(test.value, text, project)
  if (reporters === undefined || projects === undefined) return undefined
  const needsDefaults = projects.text.includes('configDefaults') && !importsName(tree, 'configDefaults')
  const imports = [
    ...(needsDefaults ? [`import { configDefaults } from 'vitest/config'\n`] : []),
    `import { budgetProject } from 'wiregauge/vitest/project'\n`,
  ]
  const lineEnd = /;\s*$/m.test(text.split('\n')[0] ?? '') ? ';\n' : '\n'
  const all = [{ at: afterImports(tree, text), text: imports.join('').replaceAll('\n', lineEnd) }, reporters, projects]
  return all
    .toSorted((one, other) => other.at - one.at)
    .reduce((edited, { at, text: added }) => edited.slice(0, at) + added + edited.slice(at), text)
}

/** The object of `export default { … }` and of `export default defineConfig({ … })`. */
function configIn(tree: Program): ObjectExpression | undefined {
  const exported = tree.body.find((node) => node.type === 'ExportDefaultDeclaration')?.declaration
  const value: AnyNode | undefined =
    exported?.type === 'CallExpression' && nameOf(exported.callee) === 'defineConfig' ? exported.arguments[0] : exported
  return value?.type === 'ObjectExpression' ? value : undefined
}

function propertyOf(object: ObjectExpression, name: string): Property | undefined {
  return object.properties.find(
    (each): each is Property => each.type === 'Property' && !each.computed && nameOf(each.key) === name,
  )
}

/** The reporter beside those that are there; the default one where none is. */
function reportersInsert(test: ObjectExpression, text: string): Insert | undefined {
  const own = propertyOf(test, 'reporters')
  if (own === undefined) return firstIn(test, text, `reporters: ['default', 'wiregauge/vitest/reporter'],`)
  return own.value.type === 'ArrayExpression' ? lastIn(own.value, text, `'wiregauge/vitest/reporter'`) : undefined
}

function projectsInsert(test: ObjectExpression, text: string, project: string): Insert | undefined {
  const own = propertyOf(test, 'projects')
  if (own !== undefined) {
    const isApart =
      own.value.type === 'ArrayExpression' &&
      own.value.elements.every((each) => each !== null && leavesSpecsAlone(each))
    return isApart && own.value.type === 'ArrayExpression' ? lastIn(own.value, text, project) : undefined
  }
  // A name of the whole would be that of both.
  if (propertyOf(test, 'name') !== undefined) return undefined
  return firstIn(
    test,
    text,
    `projects: [`,
    `  { extends: true, test: { name: 'unit', exclude: [...configDefaults.exclude, 'perf/**'] } },`,
    `  ${project},`,
    `],`,
  )
}

/** Whether a project has files of its own: a folder beneath, or patterns that name one. */
function leavesSpecsAlone(node: AnyNode): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string' && /^(?:\.\/)?[\w-]+\//.test(node.value)
  const test = node.type === 'ObjectExpression' ? propertyOf(node, 'test')?.value : undefined
  const include = test?.type === 'ObjectExpression' ? propertyOf(test, 'include')?.value : undefined
  return (
    include?.type === 'ArrayExpression' &&
    include.elements.every(
      (each) =>
        each?.type === 'Literal' && typeof each.value === 'string' && /^(?:\.\/)?(?!perf\b)[\w-]+\//.test(each.value),
    )
  )
}

/** Lines at the beginning of an object, indented as its own are. */
function firstIn(object: ObjectExpression, text: string, ...lines: readonly string[]): Insert {
  const [first] = object.properties
  const isOnOneLine = !text.slice(object.start, first?.start ?? object.end).includes('\n')
  if (isOnOneLine) return { at: object.start + 1, text: ` ${lines.map((line) => line.trim()).join(' ')}` }
  const indent = indentAt(text, first?.start ?? object.start)
  const unit = indent.includes('\t') ? '\t' : '  '
  return {
    at: object.start + 1,
    text: lines.map((line) => `\n${indent}${line.replace(/^ {2}/, unit)}`).join(''),
  }
}

function lastIn(array: Extract<AnyNode, { type: 'ArrayExpression' }>, text: string, added: string): Insert {
  const last = array.elements.at(-1)
  if (last === undefined || last === null) return { at: array.start + 1, text: added }
  const isOnOneLine = !text.slice(array.start, last.start).includes('\n')
  return { at: last.end, text: isOnOneLine ? `, ${added}` : `,\n${indentAt(text, last.start)}${added}` }
}

function indentAt(text: string, place: number): string {
  const start = text.lastIndexOf('\n', place - 1) + 1
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}

function afterImports(tree: Program, text: string): number {
  const last = tree.body.findLast((node) => node.type === 'ImportDeclaration')
  if (last === undefined) return 0
  const end = text.indexOf('\n', last.end)
  return end < 0 ? text.length : end + 1
}

function importsName(tree: Program, name: string): boolean {
  return tree.body.some(
    (node) => node.type === 'ImportDeclaration' && node.specifiers.some(({ local }) => local.name === name),
  )
}
