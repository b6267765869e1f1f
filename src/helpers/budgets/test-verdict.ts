import type { Verdict } from './verdict.ts'

/** For tests: a verdict that has no figures, by default a pass of a changed client. */
export function bareVerdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    state: 'pass',
    client: 'axios',
    scenario: 'small-4',
    budget: 'throughput against reference',
    reason: 'as expected',
    compared: 'nothing',
    sameFiles: false,
    treeChanged: true,
    ...changes,
  }
}
