import { EventEmitter } from 'node:events'
import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { mostListeners } from './emitters.ts'

/** More than anything else in a test's process has. */
const many = 500

test('all events of an emitter count together, on the most burdened one', () => {
  const before = mostListeners()
  const emitter = new EventEmitter().setMaxListeners(0)
  for (let each = 0; each < many; each++) emitter.on('data', () => {})
  emitter.on('end', () => {})
  emitter.once(Symbol('own'), () => {})
  expect(before).toBeLessThan(many)
  expect(mostListeners()).toBe(many + 2)
  emitter.removeAllListeners('data')
  expect(mostListeners()).toBe(before)
})

test('an emitter of a class that extends it counts, whatever that says of itself', () => {
  class Silent extends EventEmitter {
    override eventNames(): never {
      throw new Error('I do not tell')
    }
    override listenerCount(): number {
      return 0
    }
  }
  const silent = new Silent().setMaxListeners(0)
  for (let each = 0; each < many; each++) silent.on('data', () => {})
  expect(mostListeners()).toBe(many)
  silent.removeAllListeners()
})

test('events of a stream that nobody listens to do not count', () => {
  const untouched = new Duplex().setMaxListeners(0)
  for (let each = 0; each < many; each++) untouched.on('own', () => {})
  expect(mostListeners()).toBe(many)
  untouched.removeAllListeners()
})

test('listeners of an event target count, such as those of a signal that is never aborted', () => {
  const { signal } = new AbortController()
  for (let each = 0; each < many; each++) signal.addEventListener('abort', () => {})
  expect(mostListeners()).toBe(many)
  expect(signal.aborted).toBe(false)
})

test('what nothing reaches any more does not count', () => {
  const burden = (): void => {
    const emitter = new EventEmitter().setMaxListeners(0)
    for (let each = 0; each < 2 * many; each++) emitter.on('data', () => {})
  }
  burden()
  expect(mostListeners()).toBeLessThan(2 * many)
})
