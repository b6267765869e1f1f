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
