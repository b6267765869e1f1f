import { describe, expect, test } from 'vitest'
import { grownFunctions, grownWaiting } from './grown-functions.ts'
import { cpuProfileOf, frameOf, heapProfileOf } from './test-profile.ts'
import { bytesOf, timesOf } from './test-side.ts'

const base = 'file:///base/node_modules'
const head = 'file:///head/node_modules'
const [before, after] = [{ root: '/base' }, { root: '/head' }]

/** Samples of one microsecond or byte, so that nothing here is within the scatter. */
const fine = 1

describe('functions that grew', () => {
  test('are matched by package, file and name, wherever they lie now, worst growth per request first', () => {
    const one = cpuProfileOf(
      [
        [frameOf('send', `${base}/toy/lib/a.js`, 10), 100],
        [frameOf('parse', `${base}/toy/lib/a.js`, 20), 300],
        [frameOf('parse', `${base}/other/lib/a.js`, 20), 200],
      ],
      fine,
    )
    const two = cpuProfileOf(
      [
        [frameOf('send', `${head}/toy/lib/a.js`, 12), 600],
        [frameOf('parse', `${head}/toy/lib/a.js`, 40), 1_500],
        [frameOf('parse', `${head}/other/lib/a.js`, 20), 400],
      ],
      fine,
    )
    expect(grownFunctions(timesOf(before, one), timesOf({ ...after, requests: 20 }, two))).toEqual([
      {
        name: 'parse',
        package: 'toy',
        base: 'lib/a.js:20',
        head: 'lib/a.js:40',
        perRequest: { base: 30, head: expect.closeTo(75) },
      },
      {
        name: 'send',
        package: 'toy',
        base: 'lib/a.js:10',
        head: 'lib/a.js:12',
        perRequest: { base: 10, head: expect.closeTo(30) },
      },
    ])
  })

  test('need no file, and no sample in the base', () => {
    const one = cpuProfileOf([[frameOf('(garbage collector)', ''), 100]], fine)
    const two = cpuProfileOf(
      [
        [frameOf('(garbage collector)', ''), 250],
        [frameOf('unknown', 'file:///head/src/client.ts', 3), 300],
        [frameOf('emit', 'node:events', 7), 200],
      ],
      fine,
    )
    expect(grownFunctions(timesOf(before, one), timesOf(after, two))).toEqual([
      { name: 'unknown', package: 'src', head: 'client.ts:3', perRequest: { base: 0, head: 30 } },
      { name: 'emit', package: '', head: 'node:events:7', perRequest: { base: 0, head: 20 } },
      { name: '(garbage collector)', package: '', perRequest: { base: 10, head: 25 } },
    ])
  })

  test('are left out within the scatter of the samples', () => {
    const namesAfter = (us: number) => {
      const one = cpuProfileOf([[frameOf('send', `${base}/toy/a.js`), 10_000]], 100)
      const two = cpuProfileOf([[frameOf('send', `${head}/toy/a.js`), us]], 100)
      return grownFunctions(timesOf(before, one), timesOf(after, two)).map(({ name }) => name)
    }
    // 100 samples against 150, which differ by 50 ± 16, and against 180, which differ by 80 ± 17.
    expect(namesAfter(15_000)).toEqual([])
    expect(namesAfter(18_000)).toEqual(['send'])
  })

  test('are left out when a few samples fell on them and none in the base', () => {
    const namesAfter = (us: number) => {
      const two = cpuProfileOf([[frameOf('send', `${head}/toy/a.js`), us]], 100)
      const one = cpuProfileOf([[frameOf('parse', `${base}/toy/a.js`), 10_000]], 100)
      return grownFunctions(timesOf(before, one), timesOf(after, two)).map(({ name }) => name)
    }
    expect(namesAfter(1_000)).toEqual([])
    expect(namesAfter(3_000)).toEqual(['send'])
  })

  test('are left out when the base made too few requests to have a sample of them', () => {
    const one = cpuProfileOf([[frameOf('parse', `${base}/toy/a.js`), 10_000]], 100)
    const two = cpuProfileOf([[frameOf('send', `${head}/toy/a.js`), 3_000]], 100)
    // 30 samples in 1,000 requests: a third of one in 10.
    expect(grownFunctions(timesOf(before, one), timesOf({ ...after, requests: 1_000 }, two))).toEqual([])
  })

  test('are left out below a hundredth of what a request spends', () => {
    const namesAfter = (bytes: number) => {
      const one = heapProfileOf([[frameOf('parse', `${base}/toy/a.js`), 100_000]], fine)
      const two = heapProfileOf([[frameOf('send', `${head}/toy/a.js`), bytes]], fine)
      return grownFunctions(bytesOf(before, one), bytesOf(after, two)).map(({ name }) => name)
    }
    expect(namesAfter(900)).toEqual([])
    expect(namesAfter(1_100)).toEqual(['send'])
  })

  test('are one where they are called in several ways, at the line that spends most', () => {
    const at = (line: number) => frameOf('get', `${head}/toy/a.js`, line)
    const two = cpuProfileOf(
      [
        [at(5), 100],
        [at(9), 150],
        [at(5), 100],
      ],
      fine,
    )
    expect(grownFunctions(timesOf(before, cpuProfileOf([])), timesOf(after, two))).toEqual([
      { name: 'get', package: 'toy', head: 'a.js:5', perRequest: { base: 0, head: 35 } },
    ])
  })

  test('without a name are matched by the function around them and their order, by their source', () => {
    const text = `function send() {\n  first(() => {})\n  second(() => {})\n}`
    const one = heapProfileOf([[frameOf('', `${base}/toy/a.js`, 3, 10), 100]], fine)
    const two = heapProfileOf(
      [
        [frameOf('', `${head}/toy/a.js`, 4, 9), 500],
        [frameOf('', `${head}/toy/a.js`, 5, 10), 300],
      ],
      fine,
    )
    const found = grownFunctions(
      bytesOf({ ...before, files: { '/base/node_modules/toy/a.js': text } }, one),
      bytesOf({ ...after, files: { '/head/node_modules/toy/a.js': `// moved\n\n${text}` } }, two),
    )
    expect(found).toEqual([
      {
        name: '(anonymous 1 in send)',
        package: 'toy',
        base: 'a.js:2',
        head: 'a.js:4',
        perRequest: { base: 0, head: 50 },
      },
      {
        name: '(anonymous 2 in send)',
        package: 'toy',
        base: 'a.js:3',
        head: 'a.js:5',
        perRequest: { base: 10, head: 30 },
      },
    ])
  })

  test('without a name and without a source count as one in each file', () => {
    const two = heapProfileOf(
      [
        [frameOf('', 'node:internal/http', 4), 50],
        [frameOf('', 'node:internal/http', 9), 40],
      ],
      fine,
    )
    expect(grownFunctions(bytesOf(before, heapProfileOf([])), bytesOf(after, two))).toEqual([
      { name: '(anonymous)', package: '', head: 'node:internal/http:4', perRequest: { base: 0, head: 9 } },
    ])
  })
})

describe('waiting', () => {
  const sideOf = (root: string, idle: number, send: number) =>
    timesOf(
      { root },
      cpuProfileOf(
        [
          [frameOf('(idle)', ''), idle],
          [frameOf('send', `file://${root}/node_modules/toy/a.js`), send],
        ],
        fine,
      ),
    )

  test('is told where most of the growth is waiting, and is no function', () => {
    const [one, two] = [sideOf('/base', 100, 100), sideOf('/head', 1_000, 300)]
    expect(grownWaiting(one, two)).toEqual({ idle: { base: 10, head: 100 }, whole: { base: 20, head: 130 } })
    expect(grownFunctions(one, two).map(({ name }) => name)).toEqual(['send'])
  })

  test('is not told where most of the growth is work, or within the scatter', () => {
    expect(grownWaiting(sideOf('/base', 100, 100), sideOf('/head', 300, 700))).toBeUndefined()
    expect(grownWaiting(sideOf('/base', 100, 100), sideOf('/head', 140, 100))).toBeUndefined()
  })

  test('is not told where a request takes hardly longer', () => {
    expect(grownWaiting(sideOf('/base', 1_000, 9_000), sideOf('/head', 1_900, 9_000))).toBeUndefined()
    expect(grownWaiting(sideOf('/base', 1_000, 9_000), sideOf('/head', 2_100, 9_000))).toBeDefined()
  })
})
