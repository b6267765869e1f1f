import axios from 'axios'
import { expect, test } from 'vitest'
import { settingsOf, type UndiciAdapterOptions } from './options.ts'

test('what is not given has its default', () => {
  expect(settingsOf({})).toEqual({
    connections: 100,
    keepAliveTimeoutMs: 4_000,
    dispatcher: undefined,
    onUnsupported: 'error',
    interceptable: false,
    axios,
  })
})

test.each([
  [{ connections: 0 }, 'connections: 0; expected a whole number above 0'],
  [{ connections: Number.NaN }, 'connections: NaN; expected a whole number above 0'],
  [{ connections: Number.POSITIVE_INFINITY }, 'connections: Infinity'],
  [{ keepAliveTimeoutMs: 0 }, 'keepAliveTimeoutMs: 0; expected a number of milliseconds above 0'],
  [{ dispatcher: {} }, 'dispatcher: {}; expected a dispatcher of undici'],
  [{ onUnsupported: 'ignore' }, "onUnsupported: 'ignore'; expected 'error' or 'fallback'"],
  [{ interceptable: 'yes' }, "interceptable: 'yes'; expected true or false"],
  [{ axios: {} }, 'axios: {}; expected what'],
  [{ connection: 4 }, 'undiciAdapter has no option "connection"; expected one of connections,'],
])('%o is refused when the adapter is made', (options, message) => {
  expect(() => settingsOf(options as UndiciAdapterOptions)).toThrow(message)
})
