import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseDocument } from 'yaml'
import schema from '../../src/helpers/budgets/budgets.schema.json' with { type: 'json' }
import type { Block } from './blocks.ts'

/** What is wrong with a block of data, a line each. */
export function problemsOfData({ kind, text }: Pick<Block, 'kind' | 'text'>): readonly string[] {
  if (kind === 'yaml') return problemsOfYaml(text)
  const bare = kind === 'jsonc' ? text.replaceAll(/^\s*\/\/.*$/gm, '') : text
  try {
    return problemsOfJson(JSON.parse(bare))
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

const budgets = new Ajv2020().compile(schema)

/** A budget file says so by its schema; other JSON has only to be JSON. */
function problemsOfJson(value: unknown): readonly string[] {
  const { $schema = '' } = (typeof value === 'object' ? value : {}) as { readonly $schema?: string }
  if (!$schema.endsWith('budgets.schema.json') || budgets(value)) return []
  return (budgets.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

type Mapping = Readonly<Record<string, unknown>>

/** Of what kinds there are, and what each has to have. */
const forms: readonly (readonly [
  name: string,
  is: (value: Mapping) => boolean,
  check: (value: Mapping) => readonly string[],
])[] = [
  ['a workflow', (value) => 'jobs' in value, problemsOfWorkflow],
  ['a composite action', (value) => 'runs' in value, ({ runs }) => problemsOfSteps((runs as Mapping)['steps'])],
  ['a Kubernetes object', (value) => 'apiVersion' in value, (value) => without(value, ['kind', 'metadata', 'spec'])],
  ['Dependabot', (value) => 'updates' in value, (value) => without(value, ['version'])],
  ['an issue form', (value) => 'body' in value, (value) => without(value, ['name', 'description'])],
  ['a pnpm workspace', (value) => 'packages' in value, () => []],
  ['the settings of issue forms', (value) => 'blank_issues_enabled' in value, () => []],
]

function problemsOfYaml(text: string): readonly string[] {
  const document = parseDocument(text)
  const broken = [...document.errors, ...document.warnings]
  if (broken.length > 0) return broken.map(({ message }) => message)
  const value: Mapping | null = document.toJS()
  const form = forms.find(([, is]) => typeof value === 'object' && value !== null && is(value))
  return value === null || form === undefined
    ? [`this is none of ${forms.map(([name]) => name).join(', ')}`]
    : form[2](value)
}

function problemsOfWorkflow(workflow: Mapping): readonly string[] {
  const jobs = Object.entries(workflow['jobs'] as Record<string, Mapping>)
  return [
    ...without(workflow, ['name', 'on', 'permissions']),
    ...jobs.flatMap(([name, job]) =>
      [...without(job, ['runs-on', 'steps']), ...problemsOfSteps(job['steps'])].map(
        (problem) => `job ${name}: ${problem}`,
      ),
    ),
  ]
}

/** Actions of others are named by their commit, so that nobody can change what runs; `SHA` stands for one. */
const pinned = /^(?:\.\/\S+|[\w.-]+\/\S+@(?:[0-9a-f]{40}|SHA))$/

function problemsOfSteps(steps: unknown): readonly string[] {
  if (!Array.isArray(steps)) return ['there are no steps']
  return steps.flatMap((step: Mapping) => {
    const { uses, run } = step
    if ((uses === undefined) === (run === undefined))
      return [`a step has to have either uses or run: ${JSON.stringify(step)}`]
    return uses === undefined || pinned.test(String(uses)) ? [] : [`${uses} is not pinned to a commit`]
  })
}

function without(value: Mapping, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => !(key in value)).map((key) => `${key} is missing`)
}
