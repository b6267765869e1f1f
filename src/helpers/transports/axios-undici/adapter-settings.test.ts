import { Agent } from 'undici'
import { afterEach, expect, test, vi } from 'vitest'
import { undiciAdapter } from './adapter.ts'
import { Dispatchers } from './dispatchers.ts'

vi.mock('./dispatchers.ts', { spy: true })

afterEach(() => {
  vi.clearAllMocks()
})

// How long an idle connection stays could be seen of connections, too, but only by the clock.
test('pools are made with what the adapter was given', async () => {
  const dispatcher = new Agent()
  await undiciAdapter({ connections: 7, keepAliveTimeoutMs: 321 }).close()
  await undiciAdapter({ dispatcher }).close()
  const pooling = { connections: 100, keepAliveTimeout: 4_000 }
  expect(vi.mocked(Dispatchers).mock.calls).toEqual([
    [{ connections: 7, keepAliveTimeout: 321 }, undefined],
    [pooling, dispatcher],
  ])
  await dispatcher.close()
})
