import { expect, test } from 'vitest'
import { FreshProcessError, sentError } from './fresh-process-error.ts'

function thereAndBack(error: unknown): FreshProcessError {
  return new FreshProcessError(JSON.parse(JSON.stringify(sentError(error))))
}

test('what failed there is told here, with its stack and cause', () => {
  const thrown = new TypeError('refused by the server', { cause: new Error('ECONNRESET') })
  const { message, cause } = thereAndBack(thrown)
  expect(message).toBe('the test failed in a fresh process: refused by the server')
  expect(cause).toMatchObject({ name: 'TypeError', message: thrown.message, stack: thrown.stack })
  expect(cause).toHaveProperty('cause.message', 'ECONNRESET')
})

test('what is no error is told as text', () => {
  expect(thereAndBack('no').message).toBe('the test failed in a fresh process: no')
  expect(thereAndBack({ message: 'as Vitest records it' }).message).toMatch(/as Vitest records it$/)
})
