// @module-tag wide
// @module-tag nightly
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { gatewayBlocking } from '../../clients/gateway-blocking.ts'
import { gatewayPool } from '../../clients/gateway-pool.ts'
import { http } from '../../clients/http.ts'
import { isRunning } from '../is-running.ts'
import type { Role } from './gateway-processes.ts'
import { GatewayStage } from './test-gateway.ts'

const stage = new GatewayStage()

describe('a measurement of a gateway is invalid, and nothing is left running,', () => {
  const invalid = async (measured: Promise<unknown>, message: string | RegExp) => {
    await expect(measured).rejects.toMatchObject({
      code: 'WIREGAUGE_INVALID_WORK',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
    expect(stage.pids.size).toBe(4)
    expect(stage.running).toEqual([])
  }
  /** Kills a process some time after it was started, of a measurement that would take for ever. */
  const invalidWhenKilled = (doomed: Role, message: string) => {
    const onProcess = (role: Role, pid: number) => {
      if (role === doomed) setTimeout(() => isRunning(pid) && process.kill(pid, 'SIGKILL'), 2_500)
    }
    const measured = stage.measure([http, gatewayPool], { onProcess }, { effort: { rounds: 1_000 } })
    return invalid(measured, new RegExp(message))
  }

  test('where its port cannot be had', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    const { promise, resolve } = Promise.withResolvers<void>()
    server.once('listening', resolve)
    await promise
    const { port } = server.address() as { port: number }
    const message = `the gateway cannot listen on 127.0.0.1:${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}`
    await invalid(stage.measure([http], { port }), message)
    server.close()
  }, 60_000)

  test(
    'where the upstream dies',
    () => invalidWhenKilled('upstream', 'the upstream process was killed by SIGKILL'),
    60_000,
  )

  test(
    'where the gateway dies',
    () => invalidWhenKilled('gateway', 'the gateway process was killed by SIGKILL'),
    60_000,
  )

  test('where the load is killed', () => invalidWhenKilled('load', 'the load process was killed by SIGKILL'), 60_000)

  test('where a worker of the pool crashes', async () => {
    const caller = stage.clientThat('exits', 20, 'process.exit(7)')
    const message = 'gateway-pool: a worker of the pool crashed: worker exited with code: 7'
    await invalid(stage.measure([gatewayPool], { caller }), message)
  }, 60_000)

  test('where the worker of the blocking call crashes', async () => {
    const caller = stage.clientThat('exits-blocking', 20, 'process.exit(7)')
    await invalid(stage.measure([gatewayBlocking], { caller }), /^gateway-blocking: its worker failed: /)
  }, 60_000)

  test('where a route has another body', async () => {
    const wrong = stage.clientThat('wrong', 20, `return { ...(await sound.send()), text: 'no' }`)
    await invalid(stage.measure([wrong]), /^wrong: .*another body than the checked one$/)
  }, 60_000)

  test('where the first reply is wrong', async () => {
    const wrong = stage.clientThat('wrong-first', 0, `return { ...(await sound.send()), text: 'no' }`)
    await invalid(
      stage.measure([wrong]),
      /^wrong-first: the first reply is wrong: the body differs: expected ".*", got "no"$/,
    )
  }, 60_000)

  test('where the upstream got more than the route asked for', async () => {
    const twice = stage.clientThat('twice', 5, 'await sound.send()')
    await invalid(stage.measure([twice]), /^twice: \d+ requests were asked for, the target got \d+$/)
  }, 60_000)

  test('where a call hangs', async () => {
    const hangs = stage.clientThat('hangs', 20, 'await new Promise(() => {})')
    await invalid(stage.measure([hangs], {}, { job: { requestTimeoutMs: 300 } }), /^hangs: /)
  }, 60_000)
})
