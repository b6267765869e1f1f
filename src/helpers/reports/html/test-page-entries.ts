import { judgeAgainstReference } from '../../budgets/reference-throughput.ts'
import {
  judgingBy,
  loadOf,
  measurementOf,
  pairOf,
  replicateOf,
  soloOf,
  windowOf,
} from '../../budgets/test-measurement.ts'
import { judgeAgainstClient, judgePerSecond } from '../../budgets/throughput.ts'
import type { Verdict } from '../../budgets/verdict.ts'
import type { Entry } from '../../session/entry.ts'
import { entryOf } from '../test-entry.ts'
import { hostileNamesFrom } from '../test-hostile.ts'

/** For tests: a client at a share of its reference, with three budgets that scatter and the batches of hundreds of blocks. */
function entryAt(share: number, client: string, scenario = 'small-4'): Entry {
  const batchUs = Array.from({ length: 300 }, (_, block) => 500 + 40 * Math.sin(block * 7) + (block % 50))
  const blocks = {
    arms: [
      { arm: 'current', batchUs: batchUs.map((us) => us / share).reverse() },
      { arm: 'reference', batchUs },
    ],
  }
  const replicates = [0.98, 0.99, 1, 1, 1.01, 1.02].map((mood) => replicateOf(share * mood, { blocks }))
  const speed = 2_000 * share
  const measurement = measurementOf({
    pair: pairOf({ replicates, solo: [soloOf(share), soloOf(share)] }),
    load: [1, 2].map((seed) => ({ seed, clients: [loadOf('axios', speed), loadOf('http', 10_000)] })),
  })
  const verdicts = [
    judgeAgainstReference(measurement, { tolerates: '1.5 %', catches: '5 %' }, judgingBy()),
    judgeAgainstClient(measurement, 'http', { tolerates: '20 %', catches: '30 %' }, judgingBy()),
    judgePerSecond(measurement, 800, judgingBy()),
  ]
  return entryOf(client, { measurement, verdicts }, scenario)
}

const unpaired = { state: 'no reference', reason: 'it has none', treeChanged: false } as const

/** A client under a load that was measured without a reference and without a budget. */
function unjudged(client: string, loadShape: 'bursts' | 'sweep', points: readonly number[]): Entry {
  const windows = points.map((point) => windowOf(1_000 * point, loadShape === 'sweep' ? { point } : {}))
  const load = [{ seed: 1, clients: [loadOf(client, 1_000, { windows })] }]
  const scenario = loadShape === 'sweep' ? 'sweep' : 'burst-512'
  return { measurement: measurementOf({ client, scenario, loadShape, load, pair: unpaired }), verdicts: [] }
}

const ofShipped = entryAt(1, 'shipped')

/** Names that nobody can see are all the same. */
const hostileNames = hostileNamesFrom(1, 0).filter((name) => name.trim() !== '')

/**
 * For tests: twelve clients of which one is red, one for each hostile name, loads of other shapes, one of which nothing is known, and
 * another league: over 100 budgets, in three runs.
 */
export const everyKind: readonly Entry[] = [
  entryAt(0.85, 'axios'),
  ...Array.from({ length: 11 }, (_, place) => entryAt(1 + place / 1_000, `client-${place}`)),
  ...hostileNames.map((name, place) => entryAt(1, name, `scenario-${place}`)),
  ...['one', 'two'].flatMap((client) => [unjudged(client, 'bursts', [8, 9]), unjudged(client, 'sweep', [1, 16, 64])]),
  { measurement: measurementOf({ client: 'blank', load: [], pair: unpaired }), verdicts: [] },
  { ...ofShipped, measurement: { ...ofShipped.measurement, league: 'as shipped' } },
]

/** For tests: as many measurements, budgets and pictures as a run of everything has: half of the budgets are counted. */
export function fullRun(): readonly Entry[] {
  const all = Array.from({ length: 140 }, (_, place) => entryAt(1, `client-${place % 10}`, `scenario-${place % 14}`))
  return all.map(({ measurement, verdicts: [paired, beside, perSecond] }, place) => {
    const counted = ['connections', 'request bytes'].map((budget) => ({
      ...(perSecond as Verdict),
      budget,
      measured: { estimate: 4, low: 4, high: 4, level: 1 },
    }))
    const scattering = [place % 8 === 0 ? paired : beside, perSecond].filter((verdict) => verdict !== undefined)
    return { measurement, verdicts: [...scattering, ...counted] }
  })
}
