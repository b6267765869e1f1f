import { expect, test } from 'vitest'
import { findingsOf, type ProfiledArm } from './findings.ts'
import { cpuProfileOf, frameOf, heapProfileOf } from './test-profile.ts'
import { readerOf } from './test-side.ts'

const names = Array.from({ length: 12 }, (_, index) => `step${index}`)
const counted = { counts: { requests: 10, connections: 1, bytesIn: 100, bytesOut: 100 }, headers: [] }

/** An arm of which so many functions had samples for 1,000 µs and allocated 1,000 bytes each. */
function armOf(root: string, functions: readonly string[]): ProfiledArm {
  const spent = functions.map(
    (name, index) => [frameOf(name, `file://${root}/node_modules/toy/a.js`, index + 1, 10), 1_000] as const,
  )
  return {
    cpu: { kind: 'cpu', arm: 'any', requests: 10, profile: cpuProfileOf(spent, 10) },
    heap: { kind: 'heap', arm: 'any', requests: 10, profile: heapProfileOf(spent, 10) },
    counted,
    roots: [root],
  }
}

const sourceOf = (functions: readonly string[]) => functions.map((name) => `function ${name}() {}`).join('\n')
const reader = readerOf({
  '/base/node_modules/toy/a.js': sourceOf(['step0']),
  '/head/node_modules/toy/a.js': sourceOf(names),
})

test('findings name the ten worst of each kind', () => {
  const { fresh, time, allocation } = findingsOf(armOf('/base', []), armOf('/head', names), reader)
  expect([fresh, time, allocation].map(({ length }) => length)).toEqual([10, 10, 10])
})

test('what is new is told with its time and its bytes, and marked where it grew', () => {
  const { fresh, time } = findingsOf(armOf('/base', ['step0']), armOf('/head', ['step0', 'step1']), reader)
  expect(fresh).toEqual([{ name: 'step1', package: 'toy', head: 'a.js:2', time: expect.closeTo(100), allocation: 100 }])
  expect(time).toMatchObject([{ name: 'step1', isNew: true }])
})

test('equal arms have no findings', () => {
  const none = { fresh: [], time: [], allocation: [], exact: [] }
  expect(findingsOf(armOf('/base', ['step0']), armOf('/head', ['step0']), reader)).toEqual(none)
})
