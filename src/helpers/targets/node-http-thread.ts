/** For comparison in `target.bench.ts`: the least `node:http` server, on a worker thread, with the body of `/json`. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { smallJson } from './bodies.ts'

const body = Buffer.from(smallJson)
const headers = { 'content-type': 'application/json', 'content-length': body.length }

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, headers)
  response.end(body)
})

server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))

parentPort?.on('message', () => {
  // A thread's CPU time is brought up to date only at scheduler ticks, unless the process's is read just before.
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  parentPort?.postMessage((user + system) / 1000)
})
