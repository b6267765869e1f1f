import { describe, expect, test } from 'vitest'
import { editedJson, formattedJson } from './edited-json.ts'

const text = `{
  "b": 1.50,
  "flags": ["--one",   "--two"],
  "a": { "deep": { "x": 1e3, "text": "a \\"}\\" b" } },
  "empty": {},
  "long": [
    1,
    2
  ]
}
`

describe('a JSON text', () => {
  test('whose values stay is the same text', () => {
    expect(editedJson(text, JSON.parse(text))).toBe(text)
  })

  test('has nothing changed but the values that do', () => {
    const value = JSON.parse(text)
    value.b = 2
    value.a.deep.text = '{'
    expect(editedJson(text, value)).toBe(text.replace('1.50', '2').replace('a \\"}\\" b', '{'))
  })

  test('has new entries at the end of their object, in its order', () => {
    const value = JSON.parse(text)
    const edited = editedJson(text, {
      ...value,
      flags: ['--one'],
      a: { deep: { ...value.a.deep, y: 0 } },
      c: { d: [1] },
    })
    expect(JSON.parse(edited)).toEqual({
      ...value,
      flags: ['--one'],
      a: { deep: { ...value.a.deep, y: 0 } },
      c: { d: [1] },
    })
    expect(Object.keys(JSON.parse(edited))).toEqual(['b', 'flags', 'a', 'empty', 'long', 'c'])
    expect(edited).toContain('\n  ],\n  "c": {\n    "d": [1]\n  }\n}\n')
    expect(edited).toContain('"b": 1.50,\n  "flags": ["--one"],\n')
  })

  test('has the first entries of an object that had none', () => {
    expect(editedJson('{\n  "a": {}\n}', { a: { b: 1, c: 'd' } })).toBe(
      '{\n  "a": {\n    "b": 1,\n    "c": "d"\n  }\n}',
    )
    expect(editedJson('{}', { a: 1 })).toBe('{\n  "a": 1\n}')
  })

  test('keeps its indentation and its line ends', () => {
    expect(editedJson('{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n', { a: { b: 1, c: { d: 2 } } })).toBe(
      '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": {\n\t\t\t"d": 2\n\t\t}\n\t}\n}\n',
    )
    expect(editedJson('{\r\n    "a": {}\r\n}', { a: { b: 1 } })).toBe('{\r\n    "a": {\r\n        "b": 1\r\n    }\r\n}')
  })

  test('has objects on one line where they were', () => {
    const line = '{\n  "a": { "b": 1.0, "c": {} }\n}'
    expect(editedJson(line, { a: { b: 1, c: { d: [1, 'e'] }, f: { g: 2 } } })).toBe(
      '{\n  "a": { "b": 1.0, "c": { "d": [1, "e"] }, "f": { "g": 2 } }\n}',
    )
    expect(editedJson('{ "a": 1 }', { a: { b: 1 }, c: 2 })).toBe('{ "a": { "b": 1 }, "c": 2 }')
  })

  test('keeps what the value lacks', () => {
    expect(editedJson('{ "a": 1, "b": 2 }', { b: 3 })).toBe('{ "a": 1, "b": 3 }')
  })

  test('that is none is refused', () => {
    expect(() => editedJson('{ "a": ', {})).toThrow(SyntaxError)
  })
})

test('a new text has an entry a line, short arrays on one, and long ones and those of objects on several', () => {
  const long = Array.from({ length: 12 }, (_, index) => `a flag that is long ${index}`)
  expect(formattedJson({ flags: ['a', 'b'], none: undefined, loosened: [{ date: 'x' }] })).toBe(
    '{\n  "flags": ["a", "b"],\n  "loosened": [\n    {\n      "date": "x"\n    }\n  ]\n}',
  )
  expect(formattedJson(long).split('\n')).toHaveLength(14)
})
