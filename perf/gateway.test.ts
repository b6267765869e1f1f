// @module-tag wide
import { describe, expect, test } from 'vitest'
import { axios, gateway, gatewayBlocking, gatewayPool, measure, undiciRequest } from '../src/helpers/index.ts'

const reach = { tolerates: '34 %', catches: '68 %' } as const
const service = {
  errors: 0,
  eventLoopDelay: { tolerates: '130 %', catches: '900 %' },
  pingBeside: { tolerates: '130 %', catches: '890 %' },
} as const

describe('the routes of a gateway', () => {
  test('an async call over undici, beside a blocking one, a pool of threads and axios', async () => {
    const result = await measure(undiciRequest, gateway, { beside: [gatewayBlocking, gatewayPool, axios] })
    await expect(result).toReach('gateway-blocking', reach)
    await expect(result).toReach('gateway-pool', reach)
    await expect(result).toReach('axios', reach)
    await expect(result).toSustain({ requestsPerSecond: 2_400 })
    await expect(result).toServe(service)
  })

  test('an async call over axios, beside a pool of threads', async () => {
    const result = await measure(axios, gateway, { beside: [gatewayPool] })
    await expect(result).toReach('gateway-pool', reach)
    await expect(result).toSustain({ requestsPerSecond: 870 })
    await expect(result).toServe(service)
  })

  test('a pool of threads, beside a blocking call', async () => {
    const result = await measure(gatewayPool, gateway, { beside: [gatewayBlocking] })
    await expect(result).toReach('gateway-blocking', reach)
    await expect(result).toSustain({ requestsPerSecond: 270 })
    await expect(result).toServe(service)
  })

  test('a blocking call', async () => {
    const result = await measure(gatewayBlocking, gateway)
    await expect(result).toSustain({ requestsPerSecond: 72 })
    await expect(result).toServe(service)
  })
})
