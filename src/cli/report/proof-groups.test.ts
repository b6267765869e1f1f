import { expect, test } from 'vitest'
import type { Collection, Proof, Trial } from '../prove/proof.ts'
import { decidedTrial, here, verdictOf } from '../prove/test-proof.ts'
import { proofGroups } from './proof-groups.ts'

const machine = 'test-machine, Node 26.10.0'

function proofOf(...collections: readonly Collection[]): Proof {
  return { schemaVersion: 1, collections }
}

const collected = (trials: readonly Trial[], changes: Partial<Collection> = {}): Collection => ({
  ...here,
  trials,
  ...changes,
})
const trialAt = (day: number, changes = {}) => decidedTrial({ at: `2026-11-${day}T12:00:00.000Z`, ...changes })

test('it says on which machine and when', () => {
  const [group, ...others] = proofGroups(proofOf(collected([trialAt(22), trialAt(21)])), [machine])
  expect(others).toEqual([])
  expect(group?.notes).toEqual([
    'on test-machine, Node 26.10.0, last tried 2026-11-22 12:00 UTC',
    expect.stringMatching(/^false reds: 0 in 2 decisions about equal builds/),
  ])
})

test('a machine that the report is not about says nothing', () => {
  const laptop = collected([trialAt(23)], { machine: { ...here.machine, class: 'laptop' } })
  expect(proofGroups(proofOf(laptop), [machine])).toEqual([])
  expect(proofGroups(proofOf(collected([trialAt(22)]), laptop), [machine])).toHaveLength(1)
})

test('of several collections on a machine the one with the newest trial counts', () => {
  const reds = [trialAt(20, { verdicts: [verdictOf('regressed')] })]
  const older = collected(reds, { packages: { 'node_modules/axios': '1.20.0' } })
  const [group] = proofGroups(proofOf(collected([trialAt(22)]), older), [machine])
  expect(group?.notes?.[1]).toContain('false reds: 0 in 1 decision ')
})

test('trials that other budgets decided are not counted with the last', () => {
  const other = trialAt(20, { judgedBy: 'budgets-0', verdicts: [verdictOf('regressed')] })
  const [group] = proofGroups(proofOf(collected([other, trialAt(22)])), [machine])
  expect(group?.notes?.[1]).toContain('false reds: 0 in 1 decision ')
})

test('machines are told apart where there are several', () => {
  const laptop = collected([trialAt(23)], { machine: { ...here.machine, class: 'laptop' } })
  const groups = proofGroups(proofOf(collected([trialAt(22)]), laptop), [machine, 'laptop, Node 26.10.0'])
  expect(groups.map(({ title }) => title)).toEqual([machine, 'laptop, Node 26.10.0'])
})
