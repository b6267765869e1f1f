import { describe, expect, test } from 'vitest'
import { budgetFileOf } from '../helpers/budgets/test-measurement.ts'
import { UsageError } from '../helpers/budgets/usage-error.ts'
import { axios } from '../helpers/clients/axios.ts'
import { http } from '../helpers/clients/http.ts'
import { clients } from '../helpers/clients/list.ts'
import { post10k, scenarios, smallJson } from '../helpers/scenarios/list.ts'
import { measure } from '../helpers/session/measure.ts'
import { currentSession, openSession } from '../helpers/session/session.ts'
import { projectAt } from '../helpers/trees/project.ts'
import { selectionOf, survey } from './survey.ts'

const session = openSession({ project: projectAt('/no-such-project'), seed: 1, say: () => {} }, budgetFileOf())

describe('a survey', () => {
  test('finds what each test measures first, without measuring it', async () => {
    const reached: string[] = []
    const tests = [
      {
        name: 'two measurements',
        tags: [],
        run: async () => {
          await measure(axios, smallJson({ inFlight: 4 }))
          reached.push('behind measure')
          await measure(http, post10k)
        },
      },
      { name: 'none', tags: [], run: () => {} },
      {
        name: 'throws',
        tags: [],
        run: () => {
          throw new Error('broken')
        },
      },
    ]
    expect((await survey(tests, session)).map(({ name, subject }) => ({ name, subject }))).toEqual([
      { name: 'two measurements', subject: { client: 'axios', scenario: 'small-4' } },
      { name: 'none', subject: undefined },
      { name: 'throws', subject: undefined },
    ])
    expect(reached).toEqual([])
  })

  test('leaves the session as it was given', async () => {
    await survey([{ name: 'one', tags: [], run: () => measure(http, post10k) }], session)
    expect(currentSession()).toBe(session)
  })
})

describe('a selection', () => {
  const found = [{ client: 'orders-api', scenario: 'small-16' }]

  test('of nothing is everything', () => {
    const selects = selectionOf([], undefined, [])
    expect(selects('axios', 'small-4') && selects('anything', 'else')).toBe(true)
  })

  test('of clients and a scenario holds those clients under that scenario', () => {
    const selects = selectionOf(['axios', 'http'], 'small-4', [])
    expect(selects('axios', 'small-4')).toBe(true)
    expect(selects('http', 'small-4')).toBe(true)
    expect(selects('axios', 'small-64')).toBe(false)
    expect(selects('fetch', 'small-4')).toBe(false)
  })

  test("knows the specs' own clients and scenarios", () => {
    const selects = selectionOf(['orders-api'], 'small-16', found)
    expect(selects('orders-api', 'small-16')).toBe(true)
    expect(selects('axios', 'small-16')).toBe(false)
  })

  test('of an unknown client is wrong, with all that are known', () => {
    expect(() => selectionOf(['axois'], undefined, found)).toThrow(
      new UsageError(
        'there is no client "axois"; the nearest are axios, wire, http; ' +
          `there are ${clients.map(({ name }) => name).join(', ')}, orders-api`,
      ),
    )
  })

  test('of an unknown scenario is wrong, with all that are known', () => {
    expect(() => selectionOf([], 'small-5', found)).toThrow(
      new UsageError(
        'there is no scenario "small-5"; the nearest are small-4, small-64, small-16; ' +
          `there are ${scenarios.map(({ name }) => name).join(', ')}, small-16`,
      ),
    )
  })
})
