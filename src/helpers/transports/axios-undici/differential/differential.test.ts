// @module-tag wide
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type UndiciAdapter, undiciAdapter } from '../adapter.ts'
import type { DifferentialCase } from './case.ts'
import { cases } from './cases.ts'
import { type Compared, compareCase } from './compare.ts'
import { declared } from './declared.ts'
import { generatedCases } from './generated-cases.ts'
import { RecordingServer } from './recording-server.ts'

let server: RecordingServer
let adapter: UndiciAdapter

beforeAll(async () => {
  server = await new RecordingServer().listen()
  adapter = undiciAdapter()
})

afterAll(async () => {
  await adapter.close()
  await server[Symbol.asyncDispose]()
})

const all = [...cases, ...generatedCases]

function expectSame({ expected, found, undeclared, unseen }: Compared): void {
  const differing = (outcome: Compared['found']) => Object.fromEntries(undeclared.map((path) => [path, outcome[path]]))
  if (undeclared.length > 0) expect(differing(found)).toEqual(differing(expected))
  expect({ undeclared, unseen }).toEqual({ undeclared: [], unseen: [] })
}

describe('a call through both adapters is the same to the caller and to the server', () => {
  test.each(all)('$name', async (each) => {
    expectSame(await compareCase(each, adapter, server))
  })
})

test('nothing came to the server after the call that it was of was over', () => {
  expect(server.late).toBe(0)
})

test.each(all.filter(({ name }) => name.startsWith('given up before it is sent')))(
  '$name sends nothing',
  async (each) => {
    const { expected, found } = await compareCase(each, adapter, server)
    expect(expected).toMatchObject({ sent: [] })
    expect(found).toMatchObject({ sent: [] })
  },
)

/** Of this machine: IPv6 may be turned off. */
const loopbacks = Object.values(networkInterfaces())
  .flat()
  .flatMap((one) => (one?.internal && ['127.0.0.1', '::1'].includes(one.address) ? [one.address] : []))

test.each(loopbacks)('a server at %s is reached by its address', async (address) => {
  await using other = await new RecordingServer({ address }).listen()
  const redirected: DifferentialCase = {
    name: 'by address',
    config: (origin) => ({ url: `${origin}/x`, auth: { username: 'u', password: 'p' } }),
    respond: (response, { index, origin }) => {
      if (index > 0) response.end('arrived')
      else response.writeHead(302, { location: `${origin}/y` }).end()
    },
  }
  const compared = await compareCase(redirected, adapter, other)
  expectSame(compared)
  expect(compared.found).toMatchObject({ 'resolved.data.1': 'arrived' })
})

test('there are at least 250 cases, each with a name of its own', () => {
  const names = new Set(all.map(({ name }) => name))
  expect(names.size).toBe(all.length)
  expect(names.size).toBeGreaterThanOrEqual(250)
})

test('every declared difference is of a case', () => {
  const names = new Set(all.map(({ name }) => name))
  expect(declared.flatMap((each) => each.cases).filter((name) => !names.has(name))).toEqual([])
})
