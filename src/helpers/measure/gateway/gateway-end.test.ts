// @module-tag wide
// @module-tag nightly
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { http } from '../../clients/http.ts'
import { isRunning } from '../is-running.ts'
import { effort, GatewayStage, job, tree } from './test-gateway.ts'

const stage = new GatewayStage()

describe('a measurement of a gateway', () => {
  test('is given up by the signal, and nothing is left running', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 2_000)
    const measured = stage.measure([http], {}, { effort: { rounds: 1_000 }, signal: controller.signal })
    await expect(measured).rejects.toThrow()
    expect(stage.running).toEqual([])
    expect(stage.pids.size).toBe(4)
  }, 60_000)

  test('ends with its parent, however busy a client keeps the gateway', async () => {
    const begun = path.join(stage.folder, 'begun')
    const tell = `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(begun)}, '')`
    const busy = stage.clientThat('busy', 0, `${tell}; for (;;);`)
    const program = `
      const { measureGateway } = await import(${JSON.stringify(new URL('./measure-gateway.ts', import.meta.url).href)})
      const { probe } = await import(${JSON.stringify(busy.module)})
      const client = { ...probe, module: ${JSON.stringify(busy.module)}, exportName: 'probe' }
      const onProcess = (role, pid) => console.log(pid)
      const signal = new AbortController().signal
      await measureGateway([client], ${JSON.stringify(job)}, ${JSON.stringify(tree)}, ${JSON.stringify(effort)}, signal, { onProcess })
    `
    const options = ['--input-type=module', '-e', program]
    const parent = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    const started: number[] = []
    for await (const line of createInterface({ input: parent.stdout })) {
      if (started.push(Number(line)) === 4) break
    }
    await expect.poll(() => existsSync(begun), { timeout: 30_000 }).toBe(true)
    expect(started.filter(isRunning)).toHaveLength(4)
    parent.kill('SIGKILL')
    await expect.poll(() => started.filter(isRunning), { timeout: 10_000 }).toEqual([])
  }, 60_000)
})
