import { expect, test } from 'vitest'
import { type CountedArm, exactDifferences } from './exact-differences.ts'

const headers = [
  ['host', '127.0.0.1:port'],
  ['connection', 'keep-alive'],
] as const
const kept: CountedArm = { counts: { requests: 1_000, connections: 4, bytesIn: 100_000, bytesOut: 250_000 }, headers }

/** The same with other counts. */
function withCounts(changes: Partial<CountedArm['counts']>): CountedArm {
  return { ...kept, counts: { ...kept.counts, ...changes } }
}

test('equal arms do not differ', () => {
  expect(exactDifferences(kept, withCounts({}))).toEqual([])
})

test('connections and bytes on the wire differ by count', () => {
  expect(exactDifferences(kept, withCounts({ connections: 5, bytesIn: 105_000, bytesOut: 251_000 }))).toEqual([
    { what: 'connections for 1000 requests', base: '4', head: '5' },
    { what: 'request bytes', base: '100', head: '105' },
    { what: 'response bytes', base: '250', head: '251' },
  ])
})

test('no difference is rounded away', () => {
  const churning = withCounts({ connections: 1_000 })
  expect(exactDifferences(churning, withCounts({ connections: 996, bytesIn: 100_400 }))).toEqual([
    { what: 'connections for 1000 requests', base: '1000', head: '996' },
    { what: 'request bytes', base: '100', head: '100.4' },
  ])
})

test('headers differ by bytes, by name and by value', () => {
  const head = [
    ['host', '127.0.0.1:port'],
    ['connection', 'close'],
    ['user-agent', 'axios/1.21.1'],
  ] as const
  expect(exactDifferences(kept, { ...kept, headers: head })).toEqual([
    // `host: 127.0.0.1:port` and `connection: keep-alive` with line breaks; 5 fewer and `user-agent: axios/1.21.1` more.
    { what: 'header bytes', base: '46', head: '67' },
    { what: 'request header connection', base: 'keep-alive', head: 'close' },
    { what: 'request header user-agent', base: 'absent', head: 'axios/1.21.1' },
  ])
})

test.each(['constructor', 'toString', '__proto__'])(
  'a header %s on one side only is a difference like any other',
  (name) => {
    const differences = exactDifferences(kept, { ...kept, headers: [...headers, [name, 'a']] })
    expect(differences).toContainEqual({ what: `request header ${name}`, base: 'absent', head: 'a' })
  },
)
