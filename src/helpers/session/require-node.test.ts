import { expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { requireNode } from './require-node.ts'

test.each(['22.19.0', '23.9.0', '24.0.0', '26.10.0', '100.0.0'])('Node %s measures', (version) => {
  expect(() => requireNode(version)).not.toThrow()
})

test.each(['20.20.0', '22.18.0', '23.8.1', '9.0.0'])('Node %s is refused, with which measure', (version) => {
  expect(() => requireNode(version)).toThrow(
    new UsageError(
      `this is Node ${version}; wiregauge measures with Node 22.19, 24 or newer. Its own checkout has one beside its ` +
        'packages: start it through npm there.',
    ),
  )
})
