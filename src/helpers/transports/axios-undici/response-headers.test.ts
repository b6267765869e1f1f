import axios, { AxiosHeaders } from 'axios'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axiosHeadersOf } from './response-headers.ts'

const names = fc.oneof(
  fc.constantFrom('set-cookie', 'content-type', 'get', 'constructor'),
  fc.stringMatching(/^[a-z-]{1,5}$/),
)
const values = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('', ' a', '\u007f'),
  fc.array(fc.string({ maxLength: 3 })),
)

test('response headers are what axios makes of them', () => {
  fc.assert(
    fc.property(fc.dictionary(names, values, { maxKeys: 5, noNullPrototype: true }), (headers) => {
      const made = axiosHeadersOf(axios, headers as Record<string, string>)
      expect(made).toBeInstanceOf(AxiosHeaders)
      expect(Object.entries(made)).toEqual(Object.entries(new AxiosHeaders(headers)))
    }),
    { numRuns: 1_000, seed: 20_261_123 },
  )
})
