import { fileURLToPath } from 'node:url'
import { axios } from '../../clients/axios.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import type { Change } from '../change.ts'
import { type Fault, fault } from '../fault.ts'
import { type FaultyClient, insertionPoints } from '../insertion.ts'
import { applyPatches, type Patch } from '../patch.ts'

const busyWorkModule = new URL('../busy-work.ts', import.meta.url)

/**
 * A client slower by a share of its throughput.
 *
 * @param budget What shows it. Default: the gate's own budget.
 */
export function slower(
  client: FaultyClient,
  worsening: number,
  scenario: Scenario,
  budget: Pick<Fault, 'catches' | 'patience'> = {},
): Fault {
  const percent = percentOf(worsening)
  return fault({
    name: `busy work of ${percent}`,
    description: `every request keeps the thread busy, so that throughput is at least ${percent} less`,
    client: insertionPoints[client].client,
    scenario,
    patches: slowerBy(client, worsening),
    beside: idle(slowerBy(client, 0)),
    expects: ['throughput against reference'],
    ...budget,
  })
}

/**
 * Busy work of nothing. To learn a client's speed and to look at the clock costs it 1 % and more of its throughput, which
 * would come on top of the work that is put in.
 */
function idle(patches: readonly Patch[]): Change {
  return {
    name: 'busy work of nothing',
    description: 'every request is watched as with busy work, and goes on at once',
    apply: (packages) => applyPatches(patches, packages),
  }
}

/** Patches that make a client slower by a share of its throughput. */
export function slowerBy(client: FaultyClient, worsening: number): readonly Patch[] {
  return busy(client, `busyWork(${worsening})`)
}

/** A client whose every twentieth batch gets the busy work of twenty: the mean is worse, the median is not. */
export function slowerBatches(client: FaultyClient, worsening: number, scenario: Scenario): Fault {
  const percent = percentOf(worsening)
  return fault({
    name: `${percent} in one batch of twenty`,
    description: `one batch of twenty takes longer, so that the mean throughput is ${percent} less and the median is not`,
    client: insertionPoints[client].client,
    scenario,
    patches: busy(client, `busyWork(${worsening}, undefined, { oneBatchIn: 20 })`),
    beside: idle(busy(client, 'busyWork(0, undefined, { oneBatchIn: 20 })')),
    expects: [
      'batches over 1.5 × against reference',
      'p90 batch time against reference',
      'p99 batch time against reference',
      'CPU time against reference',
      'total time against reference',
    ],
  })
}

function busy(client: FaultyClient, work: string): readonly Patch[] {
  const point = insertionPoints[client]
  return point.around({
    head: `${point.importing('busyWork', busyWorkModule)}\nconst busy = ${work};`,
    before: 'busy.begin();',
    after: 'busy.end();',
  })
}

/** A package below axios slower, by a share of axios's throughput; axios's own files stay as they are. */
export function slowerFollowRedirects(worsening: number, scenario: Scenario): Fault {
  const percent = percentOf(worsening)
  return fault({
    name: `busy work of ${percent} in follow-redirects`,
    description: `a package below axios keeps the thread busy, so that throughput is ${percent} less`,
    client: axios,
    scenario,
    patches: slowerFollowRedirectsBy(worsening),
    beside: idle(slowerFollowRedirectsBy(0)),
    expects: ['throughput against reference'],
  })
}

/** Patches that make follow-redirects slower by a share of axios's throughput. */
export function slowerFollowRedirectsBy(worsening: number): readonly Patch[] {
  return [
    {
      file: 'follow-redirects/index.js',
      anchor: 'var debug = require("./debug");',
      text: `var debug = require("./debug");
var busy = require(${JSON.stringify(fileURLToPath(busyWorkModule))}).busyWork(${worsening});`,
    },
    {
      file: 'follow-redirects/index.js',
      anchor: 'return new RedirectableRequest(options, callback);',
      text: `busy.begin();
      var redirectable = new RedirectableRequest(options, callback);
      redirectable.once("response", function (response) { response.once("close", busy.end); });
      redirectable.once("error", busy.end);
      return redirectable;`,
    },
  ]
}

function percentOf(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}
