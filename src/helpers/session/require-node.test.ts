import { expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { requireNode } from './require-node.ts'

test.each(['26.0.0', '26.10.0', '100.0.0'])('Node %s measures', (version) => {
  expect(() => requireNode(version)).not.toThrow()
})

test.each(['20.20.0', '25.9.1', '9.0.0'])('Node %s is refused, with how to start the right one', (version) => {
  expect(() => requireNode(version)).toThrow(
    new UsageError(
      `this is Node ${version}; wiregauge measures with Node 26 or newer, which \`npm ci\` installs beside the packages. ` +
        'Start it through npm: `npm test`, `npm run perf` or `npx wiregauge`.',
    ),
  )
})
