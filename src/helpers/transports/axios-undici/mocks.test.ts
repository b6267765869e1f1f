import axios from 'axios'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import nock from 'nock'
import { Pool } from 'undici'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type UndiciAdapter, undiciAdapter } from './adapter.ts'
import { RecordingServer } from './differential/recording-server.ts'

let adapter: UndiciAdapter | undefined

// nock is active as soon as it is imported.
beforeAll(() => nock.restore())

afterEach(async () => {
  nock.cleanAll()
  nock.restore()
  await adapter?.close()
})

describe('nock sees undici', () => {
  test('by itself', async () => {
    nock.activate()
    adapter = undiciAdapter()
    nock('http://mocked.test').get('/').reply(200, 'mocked')
    expect((await axios.get('http://mocked.test/', { adapter })).data).toBe('mocked')
  })

  test('in a pool that was warm before', async () => {
    await using server = await new RecordingServer().listen()
    adapter = undiciAdapter({ dispatcher: new Pool(server.origin) })
    expect((await axios.get(server.origin, { adapter })).data).toBe('ok')
    nock.activate()
    nock(server.origin).get('/').reply(200, 'mocked')
    expect((await axios.get(server.origin, { adapter })).data).toBe('mocked')
  })
})

describe('msw does not see undici', () => {
  test('so that an interceptable adapter goes through Node while it listens, and through undici after', async () => {
    await using server = await new RecordingServer().listen()
    adapter = undiciAdapter({ interceptable: true })
    const mock = setupServer(http.get(`${server.origin}/`, () => HttpResponse.text('mocked')))
    mock.listen({ onUnhandledFrame: 'error' })
    try {
      expect((await axios.get(`${server.origin}/`, { adapter })).data).toBe('mocked')
    } finally {
      mock.close()
    }
    const { data, request } = await axios.get(`${server.origin}/`, { adapter })
    expect(data).toBe('ok')
    expect(request.constructor.name).toBe('SentRequest')
  })

  test('and an adapter that is not interceptable reaches the server', async () => {
    await using server = await new RecordingServer().listen()
    adapter = undiciAdapter()
    const mock = setupServer(http.get(`${server.origin}/`, () => HttpResponse.text('mocked')))
    mock.listen()
    try {
      expect((await axios.get(`${server.origin}/`, { adapter })).data).toBe('ok')
    } finally {
      mock.close()
    }
  })
})
