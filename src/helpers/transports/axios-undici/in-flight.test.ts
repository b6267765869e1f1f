import { expect, test } from 'vitest'
import { InFlight } from './in-flight.ts'

test('the end is waited for until everything that began has ended, well or not', async () => {
  const inFlight = new InFlight()
  const { promise, reject } = Promise.withResolvers<void>()
  inFlight.begin()
  const tracked = inFlight.track(promise)
  const order: string[] = []
  const ended = inFlight.ended().then(() => order.push('ended'))
  reject(new Error('not well'))
  await expect(tracked).rejects.toThrow('not well')
  order.push('one left')
  inFlight.end()
  await ended
  expect(order).toEqual(['one left', 'ended'])
})

test('nothing to wait for is no wait, and everybody who waits is told', async () => {
  const inFlight = new InFlight()
  await inFlight.ended()
  inFlight.begin()
  const both = Promise.all([inFlight.ended(), inFlight.ended()])
  inFlight.end()
  await both
})
