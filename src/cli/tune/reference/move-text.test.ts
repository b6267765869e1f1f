import { expect, test } from 'vitest'
import { moveText } from './move-text.ts'

test('a move is shown with its packages, and what it changes beside what all moves come to', () => {
  const packages = [
    { name: 'axios', from: '1.20.0', to: '1.21.1' },
    { name: 'new', to: '1.0.0' },
    { name: 'old', from: '2.0.0' },
  ]
  const own = {
    'throughput against reference': { change: [0.988, 0.984, 0.992], sinceFirst: [0.978, 0.972, 0.984] },
    'retained bytes against reference': { change: [-40, -60, -20], sinceFirst: [-40, -60, -20] },
  } as const
  expect(moveText({ packages, budgets: { axios: { 'small-4': own } } })).toBe(`\
the reference moves: axios 1.20.0 → 1.21.1, new 1.0.0 added, old 2.0.0 removed
┌────────┬──────────┬────────────────┬──────────────────────────┬──────────────────────────┐
│ client │ scenario │ of             │               new to old │             new to first │
├────────┼──────────┼────────────────┼──────────────────────────┼──────────────────────────┤
│ axios  │ small-4  │ throughput     │ −1.2 % (−1.6 % … −0.8 %) │ −2.2 % (−2.8 % … −1.6 %) │
├────────┼──────────┼────────────────┼──────────────────────────┼──────────────────────────┤
│ axios  │ small-4  │ retained bytes │          −40 (−60 … −20) │          −40 (−60 … −20) │
└────────┴──────────┴────────────────┴──────────────────────────┴──────────────────────────┘
`)
})

test('a move that no spec would notice says so', () => {
  expect(moveText({ packages: [{ name: 'axios', from: '1.20.0', to: '1.21.1' }], budgets: {} })).toBe(
    'the reference moves: axios 1.20.0 → 1.21.1\nno spec holds a client against what moves\n',
  )
})
