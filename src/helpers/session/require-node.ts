import { UsageError } from '../budgets/usage-error.ts'
import { canMeasure } from '../measure/measuring-node.ts'

/** @throws {UsageError} when the version is too old to measure with. */
export function requireNode(version: string): void {
  if (canMeasure(version)) return
  throw new UsageError(
    `this is Node ${version}; wiregauge measures with Node 22.19, 24 or newer. Its own checkout has one beside its packages: ` +
      'start it through npm there.',
  )
}
