import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  BudgetFileError,
  joined,
  measurementsOf,
  readBudgetFile,
  scatteringBudgets,
  scatteringEntries,
  type TunedScenario,
  tunedFor,
  withEntry,
  withTuned,
} from './budget-file.ts'
import { budgetFileOf, tunedThroughout } from './test-measurement.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-budgets-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'budgets.json')

function written(text: string): string {
  writeFileSync(file, text)
  return file
}

/** The valid file with what stands at a path replaced, or removed by undefined. */
function changed(place: string, value: unknown): string {
  const content: unknown = structuredClone(budgetFileOf())
  const steps = place.split('/').slice(1)
  const last = steps.pop() ?? ''
  const parent = steps.reduce((at, step) => Reflect.get(at, step) as object, content as object)
  Reflect.set(parent, last, value)
  return JSON.stringify(content)
}

describe('a budget file', () => {
  test('of the schema is read as it stands', () => {
    expect(readBudgetFile(written(JSON.stringify(budgetFileOf())))).toEqual(budgetFileOf())
  })

  test('with entries of every kind is read as it stands', () => {
    const every = budgetFileOf(tunedThroughout)
    expect(readBudgetFile(written(JSON.stringify(every)))).toEqual(every)
  })

  test('of this repository is valid', () => {
    expect(() => readBudgetFile(path.resolve(import.meta.dirname, '../../../perf/budgets.json'))).not.toThrow()
  })

  test.each([
    { integrity: 'sha512-aaaa' },
    { base: 'main' },
    { base: 'origin/release-2.x', build: 'npm run build' },
    { integrity: 'sha512-aaaa', moves: [], base: 'main', build: 'pnpm build' },
  ])('with the reference %j is read as it stands: of packages, of own code, or of both', (reference) => {
    expect(readBudgetFile(written(changed('/reference', reference))).reference).toEqual(reference)
  })

  test('that is missing is wrong', () => {
    const missing = path.join(folder, 'none.json')
    expect(() => readBudgetFile(missing)).toThrow(
      new BudgetFileError(
        `${missing} is missing; it holds what the budgets of the specs were tuned to. Run from the folder that holds perf/; \`npx wiregauge tune --write\` begins the file`,
      ),
    )
  })

  test('that is a folder is wrong', () => {
    expect(() => readBudgetFile(folder)).toThrow(new BudgetFileError(`${folder} is a folder; expected a file`))
  })

  test('that is no JSON is wrong', () => {
    expect(() => readBudgetFile(written('{"schemaVersion": 1,'))).toThrow(
      new BudgetFileError(
        `${file} is no JSON: Expected double-quoted property name in JSON at position 20 (line 1 column 21)`,
      ),
    )
  })

  test.each<[string, unknown, string]>([
    ['/schemaVersion', 2, '/schemaVersion: expected 1, found 2'],
    ['/schemaVersion', undefined, "/: must have required property 'schemaVersion'"],
    ['/clients', undefined, "/: must have required property 'clients'"],
    ['/clients', [], '/clients: expected object, found []'],
    ['/budgets', {}, '/: unknown entry "budgets"; expected only those of the schema'],
    ['/tuned/date', 'yesterday', '/tuned/date: must match pattern "^\\d{4}-\\d{2}-\\d{2}$", found "yesterday"'],
    ['/tuned/machine/cores', 0, '/tuned/machine/cores: expected >= 1, found 0'],
    ['/tuned/machine/class', '', '/tuned/machine/class: must NOT have fewer than 1 characters, found ""'],
    ['/tuned/flags', '--expose-gc', '/tuned/flags: expected array, found "--expose-gc"'],
    [
      '/reference',
      { integrity: 'md5-1' },
      '/reference/integrity: must match pattern "^sha512-[A-Za-z0-9+/]+=*$", found "md5-1"',
    ],
    ['/reference', {}, '/reference: expected some of integrity, moves, base, build, found {}'],
    [
      '/reference',
      { build: 'npm run build' },
      '/reference: must have property base when property build is present, found {"build":"npm run build"}',
    ],
    [
      '/reference',
      { base: 'main', moves: [] },
      '/reference: must have property integrity when property moves is present, found {"base":"main","moves":[]}',
    ],
    [
      '/reference',
      { base: '--all' },
      '/reference/base: must match pattern "^(?!-)[^\\s~^:?*\\[\\\\]+$", found "--all"',
    ],
    ['/reference', { base: 'main', build: ' ' }, '/reference/build: must match pattern "\\S", found " "'],
    [
      '/clients/axios/small-4/alocatedBytes',
      {},
      '/clients/axios/small-4: unknown entry "alocatedBytes"; expected only those of the schema',
    ],
    [
      '/clients/axios/small-4/reference/expected',
      '1',
      '/clients/axios/small-4/reference/expected: expected 1, found "1"',
    ],
    ['/clients/axios/small-4/reference/expected', 0, '/clients/axios/small-4/reference/expected: expected 1, found 0'],
    [
      '/clients/axios/small-4/against/http/scatter',
      1.5,
      '/clients/axios/small-4/against/http/scatter: expected <= 1, found 1.5',
    ],
    [
      '/clients/axios/small-4/requestsPerSecond/lowest',
      undefined,
      "/clients/axios/small-4/requestsPerSecond: must have required property 'lowest'",
    ],
    [
      '/clients/axios/small-4/allocatedBytesPerRequest/expected',
      0,
      '/clients/axios/small-4/allocatedBytesPerRequest/expected: expected > 0, found 0',
    ],
    [
      '/clients/axios/small-4/tail',
      { p95: {} },
      '/clients/axios/small-4/tail: unknown entry "p95"; expected only those of the schema',
    ],
    [
      '/clients/axios/small-4/retainedBytesPerRequest',
      { expected: 5, scatter: 3, replicates: 4 },
      '/clients/axios/small-4/retainedBytesPerRequest/expected: expected 0, found 5',
    ],
    ['/clients/axios/small-4/requestBytes', 190, '/clients/axios/small-4/requestBytes: expected object, found 190'],
  ])('with %s as %j is wrong, and says where and what was expected', (place, value, fault) => {
    expect(() => readBudgetFile(written(changed(place, value)))).toThrow(
      new BudgetFileError(`${file} does not match budgets.schema.json:\n  ${fault}`),
    )
  })

  test('with several faults tells them all', () => {
    expect(() => readBudgetFile(written('{"schemaVersion": 1, "tuned": 3, "clients": {"axios": 4}}'))).toThrow(
      new BudgetFileError(
        `${file} does not match budgets.schema.json:\n  /tuned: expected object, found 3\n  /clients/axios: expected object, found 4`,
      ),
    )
  })

  test('is wrong as a matter of usage', () => {
    expect(new BudgetFileError('wrong').code).toBe('WIREGAUGE_USAGE')
  })
})

describe('the entries of a budget file', () => {
  test('are found by client and scenario, and are empty for others', () => {
    const budgets = budgetFileOf()
    expect(tunedFor(budgets, 'axios', 'small-4').requestBytes).toEqual({ expected: 190 })
    expect(tunedFor(budgets, 'axios', 'post-10k')).toEqual({})
    expect(tunedFor(budgets, 'undici-request', 'small-4')).toEqual({})
  })

  test('are listed in the order of the file', () => {
    const budgets = { ...budgetFileOf(), clients: { b: { two: {}, one: {} }, a: { three: {} } } }
    expect(measurementsOf(budgets).map(({ client, scenario }) => `${client} ${scenario}`)).toEqual([
      'b two',
      'b one',
      'a three',
    ])
  })

  test('that scatter are counted over the whole file; exact ones have no false reds to share', () => {
    expect(scatteringBudgets(budgetFileOf())).toBe(4)
    const value = { expected: 1, scatter: 0.1, replicates: 5 }
    const two = { a: { one: { against: { http: value, undici: value } } }, b: { one: { reference: value } } }
    expect(scatteringBudgets({ ...budgetFileOf(), clients: two })).toBe(3)
    expect(scatteringBudgets(budgetFileOf({}))).toBe(0)
    expect(scatteringBudgets(budgetFileOf({ solo: value }))).toBe(0)
    expect(scatteringBudgets(budgetFileOf(tunedThroughout))).toBe(20)
  })

  test('that scatter have places, and are put back at them', () => {
    const places = scatteringEntries(tunedThroughout).map(({ place }) => place)
    expect(places).toContain('against/http')
    expect(places).toContain('slowBatches/over 1.5 ×')
    expect(places).toContain('solo')
    expect(places).not.toContain('requestBytes')
    const rebuilt = scatteringEntries(tunedThroughout).reduce<TunedScenario>(
      (entries, { place, value }) => withEntry(entries, place, value),
      { requestBytes: { expected: 190 }, responseBytes: { expected: 240 } },
    )
    expect(rebuilt).toEqual(tunedThroughout)
  })

  test('of two tunings are joined, and the later one counts where both have one', () => {
    const early = { expected: 1, scatter: 0.1, replicates: 1 }
    const late = { ...early, replicates: 2 }
    const before = { reference: early, totals: { cpu: early }, requestBytes: { expected: 190 } }
    const after = { totals: { cpu: late, buffers: late }, responseBytes: { expected: 240 } }
    expect(joined(before, after)).toEqual({
      reference: early,
      totals: { cpu: late, buffers: late },
      requestBytes: { expected: 190 },
      responseBytes: { expected: 240 },
    })
  })

  test('against a client whose name holds a slash are put at that name', () => {
    const value = { expected: 1, scatter: 0.1, replicates: 5 }
    expect(withEntry({}, 'against/@scope/client', value)).toEqual({ against: { '@scope/client': value } })
  })
})

test('entries of one client and scenario are replaced, and all others stay', () => {
  const file = { ...budgetFileOf(), clients: { axios: { 'small-4': {}, 'post-10k': {} }, fetch: { 'small-4': {} } } }
  const tuned = { requestBytes: { expected: 200 } }
  expect(withTuned(file, { client: 'axios', scenario: 'small-4' }, tuned).clients).toEqual({
    axios: { 'small-4': tuned, 'post-10k': {} },
    fetch: { 'small-4': {} },
  })
  expect(withTuned(file, { client: 'http', scenario: 'small-4' }, tuned).clients).toMatchObject({
    http: { 'small-4': tuned },
  })
  expect(file.clients.axios['small-4']).toEqual({})
})
