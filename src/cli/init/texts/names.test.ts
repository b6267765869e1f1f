import { expect, test } from 'vitest'
import type { Guess } from '../guess/guess.ts'
import { namesFor } from './names.ts'

const guess = (module: string, call = "api.getItem('42')"): Guess => ({
  module,
  exportName: 'createApi',
  local: 'createApi',
  setup: '',
  call,
})

test('a client is called after its module, and its scenario after the method', () => {
  expect(namesFor(guess('./src/ordersApi.ts'))).toEqual({
    client: 'orders-api',
    exportName: 'ordersApiClient',
    scenario: 'get-item',
    constant: 'getItem',
  })
})

test.each(['http', 'axios', 'fetch', 'wire'])(
  'a module that has the name of a client of the suite gets another: %s',
  (name) => {
    expect(namesFor(guess(`./src/${name}.ts`))).toMatchObject({ client: `${name}-client`, exportName: `${name}Client` })
  },
)

test('what a scenario is held in is not what its client is', () => {
  expect(namesFor(guess('./src/http.ts', 'api.httpClient()'))).toMatchObject({
    exportName: 'httpClient',
    constant: 'httpClientScenario',
  })
})

test.each(['describe', 'test', 'expect', 'measure', 'routes', 'scenario', 'result', 'delete', 'await'])(
  'what a scenario is held in has no name that its spec has already, and none of the language: %s',
  (name) => {
    expect(namesFor(guess('./src/api.ts', `api.${name}('42')`))).toMatchObject({
      scenario: name,
      constant: `${name}Scenario`,
    })
  },
)

test('an adapter is not called what it is defined with', () => {
  expect(namesFor(guess('./src/define.ts'))).toMatchObject({ client: 'define', exportName: 'defineOwnClient' })
})
