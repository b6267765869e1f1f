import { expect, test } from 'vitest'
import { startTarget } from '../targets/target.ts'
import { wire } from './wire.ts'
import { WireProtocolError } from './wire-protocol-error.ts'

test('closing wire rejects the request on its way and those that wait for a lane', async () => {
  await using target = await startTarget({ ports: 1 })
  const origin = `http://127.0.0.1:${target.ports[0]}`
  const client = await wire.open(undefined, {
    origin,
    path: '/delay/60000',
    method: 'GET',
    headers: {},
    connections: 1,
  })
  const sent = Promise.allSettled([client.send(), client.send(), client.send()])
  await client.close()
  for (const outcome of await sent) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(WireProtocolError) })
  }
})
