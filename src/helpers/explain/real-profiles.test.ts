import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { http } from '../clients/http.ts'
import type { Job } from '../measure/job.ts'
import { MeasuringProcess } from '../measure/measuring-process.ts'
import { smallJson } from '../scenarios/list.ts'
import { grownFunctions } from './grown-functions.ts'
import { fileReader } from './read-source.ts'
import { selfAllocations, selfTimes } from './self-cost.ts'
import { spentBy } from './spent.ts'

// As V8 tells it: links of the temporary folder are followed.
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wiregauge-explain-')))
afterAll(() => rmSync(folder, { recursive: true }))

/** A tree whose package `toy` calculates and allocates at every request, in a function without a name as well. */
function treeWith(name: string, source: string): string {
  const tree = path.join(folder, name)
  const own = path.join(tree, 'node_modules', 'toy')
  mkdirSync(own, { recursive: true })
  writeFileSync(path.join(own, 'package.json'), JSON.stringify({ name: 'toy', version: '1.0.0', exports: './toy.mjs' }))
  writeFileSync(path.join(own, 'toy.mjs'), source)
  return tree
}

const toy = (steps: number, items: number) => `let sink = 0
export const kept = []
export function calculate() {
  for (let step = 0; step < ${steps}; step++) sink = (sink * 31 + step) % 1000003
}
export function allocate() {
  return [1].map(() => { kept[0] = new Array(${items}).fill(sink) })
}
`

test('profiles of two versions name the functions that grew, with package, file and both lines', async () => {
  const base = treeWith('base', toy(1_000, 10))
  const head = treeWith('head', `// One line further down.\n${toy(200_000, 5_000)}`)
  const module = path.join(folder, 'probe.mjs')
  writeFileSync(
    module,
    `import { http } from ${JSON.stringify(http.module)}
    export const probe = { ...http, name: 'probe', library: 'toy', async open(library, request) {
      const { send, close } = await http.open(undefined, request)
      return { close, send() { library.calculate(); library.allocate(); return send() } }
    } }`,
  )
  const job: Job = {
    client: { module: pathToFileURL(module).href, exportName: 'probe' },
    scenario: smallJson({ inFlight: 4 }),
    arms: [
      { name: 'head', tree: head },
      { name: 'base', tree: base },
    ],
    seed: 1,
    warmUp: { by: 'batches', durationMs: 1 },
    requestTimeoutMs: 5_000,
  }
  await using measuring = await MeasuringProcess.prepare(job, new AbortController().signal)
  const cpu = { base: await measuring.profile('cpu', 'base', 100), head: await measuring.profile('cpu', 'head', 100) }
  const heap = {
    base: await measuring.profile('heap', 'base', 100),
    head: await measuring.profile('heap', 'head', 100),
  }
  await measuring.finish()

  const sides = { roots: [folder, base, head], reader: fileReader() }
  const slower = grownFunctions(
    spentBy({ ...cpu.base, ...sides }, selfTimes),
    spentBy({ ...cpu.head, ...sides }, selfTimes),
  )
  // The collector may have grown more.
  const slowest = slower.find((each) => each.package !== '')
  expect(slowest).toMatchObject({ name: 'calculate', package: 'toy', base: 'toy.mjs:3', head: 'toy.mjs:4' })
  const [largest] = grownFunctions(
    spentBy({ ...heap.base, ...sides }, selfAllocations),
    spentBy({ ...heap.head, ...sides }, selfAllocations),
  )
  expect(largest).toMatchObject({
    name: '(anonymous 1 in allocate)',
    package: 'toy',
    base: 'toy.mjs:7',
    head: 'toy.mjs:8',
  })
  // 5,000 elements of 8 or, compressed, 4 bytes.
  expect(largest?.perRequest.head).toBeGreaterThan(10_000)
}, 30_000)
