import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { axios } from '../../clients/axios.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import { siblingModule } from '../../sibling-module.ts'
import { addedBy } from '../busy-work.ts'
import type { Change } from '../change.ts'
import { type Fault, fault } from '../fault.ts'
import { type FaultyClient, insertionPoints } from '../insertion.ts'
import { applyPatches, type Patch } from '../patch.ts'

const busyWorkModule = siblingModule(import.meta.url, '../busy-work')

/** The patches only call the module: what it does is part of the change. */
function madeOf(patches: readonly Patch[]): unknown {
  return [patches, readFileSync(busyWorkModule, 'utf8')]
}

/**
 * A fault of busy work. The unchanged copy beside it gets busy work of nothing: to learn a client's speed and to look at the
 * clock costs it 1 % and more of its throughput, which would come on top of the work that is put in.
 */
function busyFault(parts: Omit<Fault, 'apply' | 'madeOf' | 'beside'>, idlePatches: readonly Patch[]): Fault {
  return fault({
    ...parts,
    description: `${parts.description}; the copy beside it is watched in the same way, and gets no work`,
    madeOf: madeOf(parts.patches),
    beside: {
      name: 'busy work of nothing',
      description: 'every request is watched as with busy work, and goes on at once',
      madeOf: madeOf(idlePatches),
      apply: (packages) => applyPatches(idlePatches, packages),
    },
  })
}

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
  const about = {
    name: `busy work of ${percent}`,
    description: `every request keeps the thread busy, so that throughput is at least ${percent} less`,
    client: insertionPoints[client].client,
    scenario,
    patches: slowerBy(client, worsening),
    expects: ['throughput against reference'],
    ...budget,
  }
  return busyFault(about, slowerBy(client, 0))
}

/** Patches that make a client slower by a share of its throughput. */
export function slowerBy(client: FaultyClient, worsening: number): readonly Patch[] {
  return busy(client, `busyWork(${worsening})`)
}

/** A client whose every twentieth batch gets the busy work of twenty: the mean is worse, the median is not. */
export function slowerBatches(client: FaultyClient, worsening: number, scenario: Scenario): Fault {
  const percent = percentOf(worsening)
  const patches = (of: number) => busy(client, `busyWork(${of}, undefined, { oneBatchIn: 20 })`)
  const about = {
    name: `${percent} in one batch of twenty`,
    description: `one batch of twenty takes longer, so that the mean throughput is ${percent} less and the median is not`,
    client: insertionPoints[client].client,
    scenario,
    patches: patches(worsening),
    expects: [
      'batches over 1.5 × against reference',
      'p90 batch time against reference',
      'p99 batch time against reference',
      'CPU time against reference',
      'total time against reference',
    ],
  }
  return busyFault(about, patches(0))
}

/**
 * A client whose every request takes longer by the same time, however it is loaded. What is beside it has the same code
 * without the work.
 *
 * @param ms Milliseconds that a request takes without.
 * @param worsening Share of the throughput, 0.15 for 15 %.
 */
export function slowerByTime(client: FaultyClient, worsening: number, ms: number): Change {
  const patches = (of: number) => busy(client, `constantWork(${addedBy(of) * ms})`)
  const change = (of: number): Change => ({
    name: `constant work of ${percentOf(of)}`,
    description: `every request keeps the thread busy for ${percentOf(addedBy(of))} of ${ms} ms`,
    madeOf: madeOf(patches(of)),
    apply: (packages) => applyPatches(patches(of), packages),
  })
  return { ...change(worsening), beside: change(0) }
}

function busy(client: FaultyClient, work: `${'busyWork' | 'constantWork'}(${string})`): readonly Patch[] {
  const point = insertionPoints[client]
  const name = work.slice(0, work.indexOf('('))
  return point.around({
    head: `${point.importing(name, busyWorkModule)}\nconst busy = ${work};`,
    before: 'busy.begin();',
    after: 'busy.end();',
  })
}

/** A package below axios slower, by a share of axios's throughput; axios's own files stay as they are. */
export function slowerFollowRedirects(worsening: number, scenario: Scenario): Fault {
  const percent = percentOf(worsening)
  const about = {
    name: `busy work of ${percent} in follow-redirects`,
    description: `a package below axios keeps the thread busy, so that throughput is ${percent} less`,
    client: axios,
    scenario,
    patches: slowerFollowRedirectsBy(worsening),
    expects: ['throughput against reference'],
  }
  return busyFault(about, slowerFollowRedirectsBy(0))
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
