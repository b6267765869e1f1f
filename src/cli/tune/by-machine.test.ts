import { expect, test } from 'vitest'
import { byMachine, othersLine } from './by-machine.ts'

const here = { machine: 'laptop', node: '26.10.0', flags: ['--flag'] }
const run = (name: string, changes: Partial<typeof here> = {}) => ({ name, whereabouts: { ...here, ...changes } })
const big = { machine: 'big' }
const old = { node: '24.21.0' }

/** The runs that are taken, and the lines about the others. */
function inWords(runs: readonly ReturnType<typeof run>[], machine?: string) {
  const { taken, others } = byMachine(runs, here, machine)
  return { taken: taken.map(({ name }) => name), others: others.map(othersLine) }
}

test('runs of this machine are taken, in their order, and others are told as groups', () => {
  const runs = [run('a'), run('b', big), run('c', { machine: 'small runner' }), run('d', big), run('e')]
  expect(inWords(runs)).toEqual({
    taken: ['a', 'e'],
    others: [
      "1 run of small runner, Node 26.10.0; --machine 'small runner' tunes by it",
      '2 runs of big, Node 26.10.0; --machine big tunes by them',
    ],
  })
})

test('runs of the machine that is asked for are taken, and those of this one are others', () => {
  expect(inWords([run('a'), run('b', big)], 'big')).toEqual({
    taken: ['b'],
    others: ['1 run of laptop, Node 26.10.0; --machine laptop tunes by it'],
  })
})

test('versions of Node and sets of flags are kept apart', () => {
  const runs = [run('a', old), run('b', { flags: [] }), run('c')]
  expect(inWords(runs)).toEqual({
    taken: ['c'],
    others: [
      "1 run of laptop, Node 24.21.0; --machine 'laptop, Node 24.21.0' tunes by it",
      "1 run of laptop, Node 26.10.0, flags none; --machine 'laptop, Node 26.10.0, flags none' tunes by it",
    ],
  })
  expect(inWords(runs, 'laptop, Node 24.21.0').taken).toEqual(['a'])
})

test('of several Nodes of a class that is asked for, this one is taken, else the newest', () => {
  expect(inWords([run('a', big), run('b', { ...big, ...old })], 'big').taken).toEqual(['a'])
  const others = [run('a', { ...big, ...old }), run('b', { ...big, node: '25.0.0' })]
  expect(inWords(others, 'big').taken).toEqual(['b'])
})

test('a class that nobody declared names its Node once', () => {
  const guessed = run('a', { machine: 'AMD EPYC, 2 cores, linux-x64, Node 26.10.0' })
  expect(inWords([guessed]).others).toEqual([
    "1 run of AMD EPYC, 2 cores, linux-x64, Node 26.10.0; --machine 'AMD EPYC, 2 cores, linux-x64, Node 26.10.0' tunes by it",
  ])
})

test('of a machine that has no run nothing is taken', () => {
  expect(inWords([run('a')], 'big').taken).toEqual([])
  expect(inWords([])).toEqual({ taken: [], others: [] })
})
