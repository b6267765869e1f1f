import { expect, test } from 'vitest'
import { threeWayFault } from './record.ts'
import { threeWayRecord } from './test-three-way.ts'

test('a record is one, with or without replicates', () => {
  expect(threeWayFault(threeWayRecord())).toBeUndefined()
  expect(threeWayFault(threeWayRecord({ replicates: [] }))).toBeUndefined()
})

test.each([
  [null, '/ must be object'],
  [{ ...threeWayRecord(), machine: 'mine' }, '/machine must be object'],
  [
    {
      ...threeWayRecord(),
      replicates: [{ scenario: 'burst-512', load: { clients: [{ client: 'axios', windows: [] }] } }],
    },
    '/replicates/0/load/clients/0/windows must NOT have fewer than 1 items',
  ],
])('what is none says what it lacks: %#', (content, fault) => {
  expect(threeWayFault(content)).toBe(fault)
})
