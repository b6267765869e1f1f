import { expect, test } from 'vitest'
import { capIn, defaultCapFor } from './cap.ts'
import { CapReachedError } from './cap-reached-error.ts'

test.each([
  ['600', 600],
  ['0.5', 0.5],
  ['1.25', 1.25],
])('%s is a cap', (text, seconds) => {
  expect(capIn(text)).toBe(seconds)
})

test.each(['', '0', '0.0', '-1', '1e3', '10 s', 'Infinity', '.5', ' 5'])('"%s" is none', (text) => {
  expect(capIn(text)).toBeUndefined()
})

test('what the cap left out says how to get more time', () => {
  const { message, code } = new CapReachedError('axios', 'small-4', 600)
  expect(message).toBe(
    'axios small-4 was not measured: the cap of 600 s for the run was reached; raise it with ' +
      'WIREGAUGE_CAP_SECONDS or --cap, or measure less',
  )
  expect(code).toBe('WIREGAUGE_CAP')
})

test.each([
  [undefined, 600],
  [['!wide'], 600],
  [['wide-open'], 600],
  [['wide'], 1_800],
  [['wide && !nightly'], 1_800],
])('with the tags %j the cap is %i seconds', (tagsFilter, seconds) => {
  expect(defaultCapFor(tagsFilter)).toBe(seconds)
})
