import { expect, test } from 'vitest'
import { moveText } from './move-text.ts'

test('a move is shown with its packages, and what it changes beside what all moves come to', () => {
  const change = { estimate: 0.988, low: 0.984, high: 0.992 }
  const sinceFirst = { estimate: 0.978, low: 0.972, high: 0.984 }
  const packages = { axios: { from: '1.20.0', to: '1.21.1' }, added: { to: '1.0.0' }, removed: { from: '2.0.0' } }
  expect(moveText({ packages, throughput: { axios: { 'small-4': { change, sinceFirst } } } })).toBe(`\
the reference moves: axios 1.20.0 → 1.21.1, added 1.0.0 added, removed 2.0.0 removed
┌────────┬──────────┬──────────────────────────┬──────────────────────────┐
│ client │ scenario │   throughput, new to old │             new to first │
├────────┼──────────┼──────────────────────────┼──────────────────────────┤
│ axios  │ small-4  │ −1.2 % (−1.6 % … −0.8 %) │ −2.2 % (−2.8 % … −1.6 %) │
└────────┴──────────┴──────────────────────────┴──────────────────────────┘
`)
})

test('a move that no spec would notice says so', () => {
  expect(moveText({ packages: { axios: { from: '1.20.0', to: '1.21.1' } }, throughput: {} })).toBe(
    'the reference moves: axios 1.20.0 → 1.21.1\nno spec holds a client against what moves\n',
  )
})
