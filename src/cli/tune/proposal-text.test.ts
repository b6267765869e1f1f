import { expect, test } from 'vitest'
import { historyLines } from './proposal-text.ts'
import { stripLegend } from './strip.ts'
import { proposalOf } from './test-tuning.ts'

test('every budget with a history of several runs has it drawn, those that stay on one line', () => {
  const lines = historyLines([
    proposalOf({ change: 'looser', what: ['scatter 0.02 → 0.04'], history: [0.2] }),
    proposalOf({ client: 'fetch', history: [0.19, 0.2] }),
    proposalOf({ client: 'http', history: [0.2] }),
    proposalOf({ client: 'node-fetch', proposed: { expected: 190 }, history: [190, 190] }),
  ])
  expect(lines).toEqual([
    expect.stringMatching(
      /^axios small-4, throughput against http, looser: scatter 0\.02 → 0\.04\n {2}.*●.* newest 0\.2$/,
    ),
    expect.stringMatching(/^ {2}.*·.*●.* newest 0\.2 {2}fetch small-4, throughput against http, same$/),
    stripLegend,
  ])
})

test('without a history there is nothing to draw', () => {
  expect(historyLines([proposalOf()])).toEqual([])
})
