import { describe, expect, test } from 'vitest'
import { functionsOf } from './functions-of.ts'

/** The label of the function around each `@`, which stands for a space. */
function labelsIn(source: string): (string | undefined)[] {
  const functions = functionsOf(source.replaceAll('@', ' '))
  return source
    .split('\n')
    .flatMap((text, line) => [...text.matchAll(/@/g)].map(({ index }) => functions?.labelAt(line, index)))
}

describe('the functions of a source', () => {
  test('are told by their own name, or by what they are given to', () => {
    const source = `
      function one() {@}
      const two = () => {@}
      const all = { three() {@}, four: function () {@}, 'five-5': () => {@} }
      class Six { #seven() {@} eight = () => {@} }
      exports.nine = function () {@}`
    expect(labelsIn(source)).toEqual(['one', 'two', 'three', 'four', 'five-5', '#seven', 'eight', 'nine'])
  })

  test('have the name of their class where they are its constructor', () => {
    const source =
      'class One { constructor() {@} two() {@} }\nconst Three = class { constructor() {@} }\nwait(class { constructor() {@} })'
    expect(labelsIn(source)).toEqual(['One', 'two', 'Three', 'constructor'])
  })

  test('have lines, the first of them where several have the name', () => {
    const functions = functionsOf('const one = 1\nfunction two() {}\n{ function two() {} }')
    expect(functions?.lineOf('two')).toBe(2)
    expect(functions?.lineOf('one')).toBeUndefined()
  })

  test('without a name are told by the function around them, and their number in it', () => {
    const source = `
      function send() {
        wait(() => {@})
        wait(function () { return () => {@} }, () => {@})
      }
      wait(() => {@})`
    expect(labelsIn(source)).toEqual([
      '(anonymous 1 in send)',
      '(anonymous 1 in (anonymous 2 in send))',
      '(anonymous 3 in send)',
      '(anonymous 1)',
    ])
  })

  test('may stand in a script as well as in a module', () => {
    expect(labelsIn('with (a) { b(() => {@}) }')).toEqual(['(anonymous 1)'])
    expect(labelsIn('export default (() => {@})')).toEqual(['(anonymous 1)'])
    expect(labelsIn('if (a) return () => {@}')).toEqual(['(anonymous 1)'])
  })

  test('are none outside of all functions, and none in what is no JavaScript', () => {
    expect(labelsIn('const@a = 1')).toEqual([undefined])
    expect(functionsOf('type A = {')).toBeUndefined()
  })
})
