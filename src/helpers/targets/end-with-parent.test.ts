import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const target = new URL('./target.ts', import.meta.url).href

// The main thread is in a loop that never ends, so nothing but the target's thread can end the process.
const child = `
  const { startTarget } = await import(${JSON.stringify(target)})
  const { ports } = await startTarget({ ports: 1, endWithParent: true })
  require('node:fs').writeSync(1, process.pid + '\\n')
  for (;;);
`
const parent = `
  require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`(async () => {${child}})()`)}], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
`

test('a process with a busy main thread ends when its parent is gone, if asked to', async () => {
  const outer = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: outer.stdout })
  const [pid] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string?]
  expect(pid).toMatch(/^\d+$/)
  expect(() => process.kill(Number(pid), 0)).not.toThrow()
  outer.kill('SIGKILL')
  // The pipe closes when the last process that holds it has ended: the grandchild.
  await once(lines, 'close')
  expect(outer.killed).toBe(true)
}, 30_000)
