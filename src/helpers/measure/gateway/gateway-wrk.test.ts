// @module-tag wide
// @module-tag nightly
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { processesOf } from '../../../../fixtures/processes.ts'
import { http } from '../../clients/http.ts'
import { gatewayWrk } from '../../scenarios/gateway.ts'
import { GatewayStage } from './test-gateway.ts'
import { wrkVersion } from './wrk-load.ts'

const stage = new GatewayStage()
afterEach(() => vi.unstubAllEnvs())

const hasWrk = await wrkVersion().then(
  () => true,
  () => false,
)

describe('wrk', () => {
  const scenario = { ...gatewayWrk, inFlight: 4, connections: 4 }

  test('loads a gateway where it is installed, and is asked for where not', async () => {
    // On a busy machine wrk takes longer to start than a short window lasts.
    const patient = { rounds: 1, windowMs: 250 }
    const measured = stage.measure([http], {}, { job: { scenario }, effort: patient })
    if (hasWrk) {
      const [load] = (await measured).clients
      expect(load?.windows[0]?.requests).toBeGreaterThan(0)
      expect(load?.service?.windows[0]).toMatchObject({ statusErrors: 0, timeouts: 0, connectionErrors: 0 })
      expect(load?.service?.latencyAtHalfCapacity).toBeUndefined()
      expect(stage.running).toEqual([])
    } else await expect(measured).rejects.toThrow('apt-get install wrk')
  }, 60_000)

  test('ends with the load process that has started it', async () => {
    // One that would go on for a minute, wherever the test runs.
    writeFileSync(path.join(stage.folder, 'wrk'), '#!/bin/sh\n[ "$1" = -v ] && exit 1\nsleep 59\n', { mode: 0o755 })
    vi.stubEnv('PATH', `${stage.folder}${path.delimiter}${process.env['PATH']}`)
    const outcome = expect(stage.measure([http], {}, { job: { scenario } })).rejects.toThrow(
      'the load process was killed by SIGKILL',
    )
    const started = () => processesOf({ group: stage.pids.get('load') ?? 0, running: 'sleep 59' })
    await expect.poll(started, { timeout: 20_000 }).not.toEqual([])
    process.kill(stage.pids.get('load') as number, 'SIGKILL')
    await outcome
    await expect.poll(started).toEqual([])
    expect(stage.running).toEqual([])
  }, 60_000)
})
