import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { axios } from '../clients/axios.ts'
import type { Client, OpenClient } from '../clients/contract.ts'
import { http as httpClient } from '../clients/http.ts'
import { undiciRequest } from '../clients/undici-request.ts'
import { watchSockets } from './sockets.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

/** A client with connections of its own to a server of its own, after one request. */
async function connected(client: Client): Promise<{ port: number; client: OpenClient }> {
  const server = http.createServer((_request, response) => response.end('good')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const library: unknown = client.library === undefined ? undefined : await import(client.library)
  const opened = await client.open(library, {
    origin: `http://127.0.0.1:${port}`,
    path: '/',
    method: 'GET',
    headers: {},
    connections: 1,
  })
  open.push(server, opened)
  await opened.send()
  return { port, client: opened }
}

test.each([
  ['node:http', httpClient],
  ['axios', axios],
  ['undici', undiciRequest],
])('listeners are counted on sockets that %s opens, and stay as many over its requests', async (_, client) => {
  const sockets = watchSockets()
  const { port, client: opened } = await connected(client as Client)
  await new Promise((resolve) => setImmediate(resolve))
  const listeners = sockets.mostListeners(port)
  expect(listeners).toBeGreaterThan(0)
  for (let request = 0; request < 10; request++) await opened.send()
  await new Promise((resolve) => setImmediate(resolve))
  expect(sockets.mostListeners(port)).toBe(listeners)
})

test('the most burdened open socket to the port is the one that counts, our own listener apart', async () => {
  const sockets = watchSockets()
  const agent = new http.Agent({ keepAlive: true })
  open.push({ close: () => agent.destroy() })
  const { port: other } = await connected(httpClient as Client)
  const { port } = await connected(httpClient as Client)
  const before = sockets.mostListeners(port)
  const response = await new Promise<http.IncomingMessage>((resolve) => http.get({ port, agent }, resolve))
  const { socket } = response
  socket.setMaxListeners(0)
  for (let leak = 0; leak < 40; leak++) socket.on('timeout', () => {})
  expect(sockets.mostListeners(port)).toBeGreaterThanOrEqual(40)
  expect(sockets.mostListeners(other)).toBe(before)
  socket.destroy()
  await once(socket, 'close')
  expect(sockets.mostListeners(port)).toBe(before)
})

test('without an open socket to the port there is nothing to count them on', () => {
  expect(watchSockets().mostListeners(9)).toBeUndefined()
})
