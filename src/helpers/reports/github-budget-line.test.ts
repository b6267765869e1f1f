import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectAt } from '../trees/project.ts'
import { locateBudget, locateTuned } from './github-budget-line.ts'
import { budgetLocator, budgetSources, matcherOf } from './github-locator.ts'
import { verdictOf } from './test-comparison.ts'

const project = projectAt(path.resolve(import.meta.dirname, '../../..'))
const read = (file: string): string => readFileSync(path.join(project.specs, file), 'utf8')

/** The text of the line that was found, and how the test around it is called. */
function found(file: string, client: string, scenario: string, matcher: string) {
  const lines = read(file).split('\n')
  const line = locateBudget(lines.join('\n'), client, scenario, matcher)
  if (line === undefined) return undefined
  const above = lines.slice(0, line).reverse()
  const nameOf = (start: string): string | undefined => above.find((each) => each.startsWith(start))?.split("'")[1]
  return [nameOf('describe('), nameOf('  test('), /\.(to\w+)\(|measure\(/.exec(lines[line - 1] ?? '')?.[1]]
}

test.each([
  ['axios.test.ts', 'axios', 'small-4', 'toKeepUpWith', 'axios', 'small JSON, 4 in flight'],
  ['axios.test.ts', 'axios', 'small-64', 'toCost', 'axios', 'small JSON, 64 in flight'],
  ['axios.test.ts', 'axios', 'post-10k', 'toReach', 'axios', '10 kB posted, 16 in flight'],
  [
    'axios.test.ts',
    'axios',
    'download-1m-limit',
    'toSustain',
    'axios',
    '1 MB downloaded with a size limit, 4 in flight',
  ],
  [
    'axios.test.ts',
    'axios',
    'delayed-2ms',
    'toHoldItsTail',
    'axios',
    'answers after 2 ms, in an otherwise idle process',
  ],
  ['axios.test.ts', 'axios-fetch', 'small-4', 'toKeepUpWith', 'axios-fetch', 'small JSON, 4 in flight'],
  ['undici.test.ts', 'undici-request', 'sequential', 'toKeepUpWith', 'undici-request', 'one request at a time'],
  ['node.test.ts', 'fetch', 'small-4', 'toReach', 'fetch', 'small JSON, 4 in flight'],
])('in %s, the budget of %s %s stands at its %s', (file, client, scenario, matcher, describe, name) => {
  expect(found(file, client, scenario, matcher)).toEqual([describe, name, matcher])
})

test('a budget that the test does not state leads to what is measured', () => {
  expect(found('node.test.ts', 'http', 'small-4', 'toKeepUpWith')).toEqual([
    'http',
    'small JSON, 4 in flight',
    undefined,
  ])
})

test('what a spec does not measure has no line, and neither has what is no TypeScript', () => {
  expect(locateBudget(read('axios.test.ts'), 'axios', 'nothing', 'toCost')).toBeUndefined()
  expect(locateBudget(read('axios.test.ts'), 'nothing', 'small-4', 'toCost')).toBeUndefined()
  expect(locateBudget('const = ;', 'axios', 'small-4', 'toCost')).toBeUndefined()
  expect(locateBudget('enum Some { A }', 'axios', 'small-4', 'toCost')).toBeUndefined()
})

test('renamed imports, scenarios of a spec and inline measurements are found', () => {
  const spec = `import { axios as client } from 'x'
const orders = scenario({ name: 'orders-v2', inFlight: 4 })
test('one', async () => {
  await expect(await measure(client, orders)).toCost({ connections: 4 } as Costs)
})`
  expect(locateBudget(spec, 'axios', 'orders-v2', 'toCost')).toBe(4)
})

test('every client and scenario of this repository has a line in the budget file', () => {
  const text = read('budgets.json')
  const lines = text.split('\n')
  const tuned: Record<string, Record<string, unknown>> = JSON.parse(text).clients
  for (const [client, scenarios] of Object.entries(tuned)) {
    for (const scenario of Object.keys(scenarios)) {
      expect(lines[(locateTuned(text, client, scenario) ?? 0) - 1]).toBe(`      "${scenario}": {`)
    }
  }
  expect(locateTuned(text, 'axios', 'nothing')).toBeUndefined()
  expect(locateTuned('{', 'axios', 'small-4')).toBeUndefined()
})

test('a verdict leads to the spec, else to the budget file, else nowhere', () => {
  const sources = budgetSources(project)
  const locate = budgetLocator(sources)
  expect(locate(verdictOf())?.file).toBe('perf/axios.test.ts')
  expect(budgetLocator({ ...sources, specs: [] })(verdictOf())?.file).toBe('perf/budgets.json')
  expect(locate(verdictOf({ client: 'nothing' }))).toEqual({ file: 'perf/budgets.json', line: 1 })
  expect(budgetLocator({ specs: [] })(verdictOf())).toBeUndefined()
  expect(budgetSources(projectAt('/no-such-project'))).toEqual({ specs: [] })
})

test('a package in a folder of the repository is shown by the paths from its root', () => {
  const sources = budgetSources(project, path.dirname(project.root))
  const name = path.basename(project.root)
  expect(budgetLocator(sources)(verdictOf())?.file).toBe(`${name}/perf/axios.test.ts`)
  expect(sources.budgetFile?.file).toBe(`${name}/perf/budgets.json`)
  expect(budgetSources(project, project.reports)).toEqual({ specs: [] })
  expect(budgetSources(project, '/no-such-folder')).toEqual({ specs: [] })
})

test('a budget is stated by its matcher', () => {
  const names = [
    'throughput against reference',
    'throughput against base',
    'throughput against http',
    'throughput per second',
    'p90 batch time against reference',
    'batches over 3 × against reference',
    'CPU time against reference',
    'connections',
  ]
  expect(names.map(matcherOf)).toEqual([
    ...['toKeepUpWith', 'toKeepUpWith', 'toReach', 'toSustain', 'toHoldItsTail', 'toHoldItsTail', 'toCost', 'toCost'],
  ])
})
