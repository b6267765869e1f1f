import { beforeEach, describe, expect, test } from 'vitest'
import { budgetFileOf, measurementOf } from '../../helpers/budgets/test-measurement.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { BudgetFailure } from '../../helpers/runner/expect-budgets.ts'
import { recordedMeasurement } from '../../helpers/session/measured.ts'
import { openSession, provideSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import * as standIn from './vitest-stand-in.ts'

beforeEach(() => {
  standIn.takeCollected()
})

const unknown = (what: string) =>
  new UsageError(`${what} is not known to \`wiregauge run\`; run this spec with its test runner (\`npm run perf\`)`)

describe('collecting', () => {
  test('gives tests the names of the suites around them, in order, and runs none', () => {
    const nothing = () => {
      throw new Error('was run')
    }
    standIn.describe('axios', () => {
      standIn.test('first', nothing)
      standIn.describe('with a limit', () => standIn.it('second', nothing))
      standIn.test('third', nothing)
    })
    standIn.test('alone', nothing)
    expect(standIn.takeCollected().map(({ name }) => name)).toEqual([
      'axios > first',
      'axios > with a limit > second',
      'axios > third',
      'alone',
    ])
    expect(standIn.takeCollected()).toEqual([])
  })

  test('leaves a suite that throws', () => {
    expect(() =>
      standIn.describe('broken', () => {
        throw new Error('in the suite')
      }),
    ).toThrow('in the suite')
    standIn.test('after it', () => {})
    expect(standIn.takeCollected().map(({ name }) => name)).toEqual(['after it'])
  })

  test('runs a test when it is told to, and gives what it gives', async () => {
    standIn.test('resolves', async () => 7)
    const [collected] = standIn.takeCollected()
    expect(await collected?.run()).toBe(7)
  })

  test('refuses options in the place of the function', () => {
    expect(() => standIn.test('slow', { timeout: 1 })).toThrow(
      unknown("test('slow', …) without a function as its last argument"),
    )
  })

  test('takes the tags of a test, beside those of its file', () => {
    standIn.test('one', { tags: ['slow', 'wide'] }, () => {})
    standIn.test('other', { tags: 'slow' }, () => {})
    standIn.test('untagged', () => {})
    expect(standIn.takeCollected(['file']).map(({ name, tags }) => [name, ...tags])).toEqual([
      ['one', 'file', 'slow', 'wide'],
      ['other', 'file', 'slow'],
      ['untagged', 'file'],
    ])
  })

  test('refuses options other than tags', () => {
    expect(() => standIn.test('slow', { timeout: 1 }, () => {})).toThrow(unknown("test('slow', { timeout: … }, …)"))
  })
})

describe('what only a test runner knows says so:', () => {
  test.each(['skip', 'only', 'each', 'todo', 'skipIf'])('test.%s, it.%s and describe.%s', (member) => {
    for (const [name, value] of Object.entries({ test: standIn.test, it: standIn.it, describe: standIn.describe })) {
      expect(() => Reflect.get(value, member)).toThrow(unknown(`${name}.${member}`))
    }
  })

  test.each([
    ['beforeAll', standIn.beforeAll],
    ['afterAll', standIn.afterAll],
    ['beforeEach', standIn.beforeEach],
    ['afterEach', standIn.afterEach],
    ['before', standIn.before],
    ['after', standIn.after],
  ])('%s', (name, hook) => {
    expect(() => hook(() => {})).toThrow(unknown(name))
  })

  test.each([
    ['vi', standIn.vi],
    ['jest', standIn.jest],
    ['mock', standIn.mock],
  ])('%s.fn', (name, object) => {
    expect(() => Reflect.get(object, 'fn')).toThrow(unknown(`${name}.fn`))
  })
})

describe('expect', () => {
  beforeEach(() => {
    const session = openSession({ project: projectAt('/no-such-project'), seed: 42, say: () => {} }, budgetFileOf())
    provideSession(() => session)
  })

  const measured = () => recordedMeasurement(measurementOf())

  test('passes what keeps its budgets', async () => {
    await expect(standIn.expect(measured()).toCost?.({ connections: 4 } as never)).resolves.toBeUndefined()
  })

  test('rejects with the whole message of a broken budget', async () => {
    const failure = Promise.resolve(standIn.expect(measured()).toCost?.({ connections: 5 } as never))
    await expect(failure).rejects.toThrow(BudgetFailure)
    await expect(failure).rejects.toThrow('axios small-4, connections: regressed\n  measured    4 connections\n')
  })

  test.each(['toBe', 'not', 'toString', 'then'])('knows no %s', (name) => {
    expect(() => standIn.expect(measured())[name]).toThrow(unknown(`expect(…).${name}`))
  })
})
