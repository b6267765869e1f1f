import type { Scenario } from '../../scenarios/scenario.ts'
import { type Fault, fault } from '../fault.ts'
import { type FaultyClient, insertionPoints } from '../insertion.ts'

/** A client that goes through so many turns of the microtask queue before every request. */
export function chainsMicrotasks(client: FaultyClient, turns: number, scenario: Scenario): Fault {
  const point = insertionPoints[client]
  return fault({
    name: 'microtask chain',
    description: `every request goes through ${turns} turns of the microtask queue`,
    client: point.client,
    scenario,
    patches: point.around({
      head: `async function chain() { for (let turn = 0; turn < ${turns}; turn++) await null; }`,
      wait: { when: 'true', for: 'chain()' },
    }),
    expects: ['throughput against reference'],
  })
}

/** A client that lets one request of so many wait, while the thread is idle. */
export function stalls(client: FaultyClient, scenario: Scenario): Fault {
  const [ms, requests] = [20, 500]
  const point = insertionPoints[client]
  return fault({
    name: `a ${ms} ms stall every ${requests} requests`,
    description: `one request of ${requests} waits for ${ms} ms before it is sent`,
    client: point.client,
    scenario,
    patches: point.around({
      head: `let requestsUntilStall = ${requests};
const stall = () => new Promise((resolve) => { requestsUntilStall = ${requests}; setTimeout(resolve, ${ms}); });`,
      wait: { when: '--requestsUntilStall === 0', for: 'stall()' },
    }),
    expects: [
      'batches over 10 × against reference',
      'batches over 30 × against reference',
      'batches over 50 × against reference',
      'batches over 3 × against reference',
      'p99 batch time against reference',
      'total time against reference',
    ],
  })
}

/**
 * A client that looks at everything in flight before every request, so that what a request costs grows with the number
 * in flight.
 *
 * @param steps What looking at one of them takes, in steps of about a nanosecond.
 */
export function scansQueue(client: FaultyClient, steps: number, scenario: Scenario): Fault {
  const point = insertionPoints[client]
  return fault({
    name: 'a queue that is scanned',
    description: 'every request looks at all that are in flight',
    client: point.client,
    scenario,
    patches: point.around({
      head: `${point.hold}
const inFlight = [];
function scan() {
  let sum = hold.value;
  for (const each of inFlight) for (let step = 0; step < ${steps}; step++) sum = (sum * 31 + each) | 0;
  hold.value = sum;
}`,
      before: 'inFlight.push(inFlight.length); scan();',
      after: 'inFlight.pop();',
    }),
    expects: ['throughput against reference'],
  })
}

/**
 * A client that patches what every client in the process uses, so that its reference becomes as slow as it is: side by
 * side there is no difference.
 *
 * @param steps What every event is made to take longer, in steps of about a nanosecond.
 */
export function pollutes(client: FaultyClient, steps: number, scenario: Scenario): Fault {
  const point = insertionPoints[client]
  return fault({
    name: 'polluted built-ins',
    description: 'every event of every emitter in the process takes longer',
    client: point.client,
    scenario,
    patches: point.around({
      head: `${point.hold}
const { EventEmitter } = process.getBuiltinModule('node:events');
const emitUnpolluted = EventEmitter.prototype.emit;
EventEmitter.prototype.emit = function emit(...event) {
  let sum = hold.value;
  for (let step = 0; step < ${steps}; step++) sum = (sum * 31 + step) | 0;
  hold.value = sum;
  return Reflect.apply(emitUnpolluted, this, event);
};`,
    }),
    expects: ['throughput against reference'],
    shownAs: 'arms interfere',
  })
}
