import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { testFolder } from '../trees/test-folder.ts'
import { startOfRun } from './run-start.ts'

test('a run begins when the first of its spec files asks, and for all of them then', () => {
  using folder = testFolder()
  const file = path.join(folder.root, 'started')
  expect(startOfRun(file, 1_000)).toBe(1_000)
  expect(startOfRun(file, 500_000)).toBe(1_000)
  expect(startOfRun(path.join(folder.root, 'another'), 500_000)).toBe(500_000)
})

test('a beginning that cannot be written down is an error', () => {
  using folder = testFolder()
  expect(() => startOfRun(path.join(folder.root, 'nowhere', 'started'))).toThrow('ENOENT')
})

test('spec files that begin at the same time agree, and leave one file behind', async () => {
  using folder = testFolder()
  const runs = 100
  const shared = new Int32Array(new SharedArrayBuffer(4 * runs))
  const module = new URL('./run-start.ts', import.meta.url).href
  // They meet before each run, or the first would have begun them all before the second has started.
  const code = `
    const { parentPort, workerData: { shared, root, own } } = require('node:worker_threads')
    import('${module}').then(({ startOfRun }) => {
      const begun = []
      for (let run = 0; run < shared.length; run++) {
        Atomics.add(shared, run, 1)
        while (Atomics.load(shared, run) < 2);
        begun.push(startOfRun(root + '/' + run, own))
      }
      parentPort.postMessage(begun)
    })`
  const answers = [1_000, 2_000].map(async (own) => {
    const [begun] = await once(
      new Worker(code, { eval: true, workerData: { shared, root: folder.root, own } }),
      'message',
    )
    return begun as number[]
  })
  const [one, other] = await Promise.all(answers)
  expect(one?.length).toBe(runs)
  expect(other).toEqual(one)
  expect(readdirSync(folder.root).length).toBe(runs)
})
