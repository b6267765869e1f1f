import { loadOf } from '../../budgets/test-measurement.ts'
import type { ThreeWayRecord, ThreeWayReplicate } from './record.ts'

/** For tests: the three under a scenario, the fast one three times as fast as the slow one, and the mixture about twice. */
export function threeWayReplicate(mood = 1, scenario = 'burst-512'): ThreeWayReplicate {
  return {
    scenario,
    load: {
      seed: 1,
      clients: [loadOf('axios', 4_000), loadOf('undici-request', 12_000 * mood), loadOf('axios-undici', 8_000 * mood)],
    },
  }
}

/** For tests: a record of two replicates. */
export function threeWayRecord(changes: Partial<ThreeWayRecord> = {}): ThreeWayRecord {
  return {
    date: '2026-11-23T18:44:24.745Z',
    machine: {
      class: 'tuned',
      declared: true,
      processor: 'a processor',
      cores: 2,
      platform: 'linux-x64',
      node: '26.10.0',
    },
    versions: { axios: '1.21.1', undici: '8.12.4' },
    seed: 7,
    replicates: [threeWayReplicate(1), threeWayReplicate(1.1)],
    ...changes,
  }
}
