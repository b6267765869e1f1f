import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isRunning } from './is-running.ts'

test('this process and that of the system run, one that has ended does not', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  expect([process.pid, 1, pid].map(isRunning)).toEqual([true, true, false])
})
