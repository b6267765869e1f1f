import { expect, test } from 'vitest'
import { type BusyClocks, busyWork, constantWork } from './busy-work.ts'

/** A clock that stands still but for 20 ns a look, which is what keeps busy work from being endless. */
class TestClock implements BusyClocks {
  #now = 0
  #cpu = 0
  #turns: (() => void)[] = []

  now(): number {
    this.#pass(2e-5)
    return this.#now
  }

  threadCpuMs(): number {
    return this.#cpu
  }

  turn(then: () => void): void {
    this.#turns.push(then)
  }

  /** Lets time pass; on a busy thread it is CPU time as well. */
  work(ms: number): void {
    this.#pass(ms)
  }

  /** Lets time pass in which other processes had the core. */
  wait(ms: number): void {
    this.#now += ms
  }

  comeRound(): void {
    for (const then of this.#turns.splice(0)) then()
  }

  #pass(ms: number): void {
    this.#now += ms
    this.#cpu += ms
  }
}

/** What a batch of so many requests lasts, each taking `ms` by itself. */
function batch(clock: TestClock, busy: ReturnType<typeof busyWork>, requests: number, ms: number): number {
  const begin = clock.now()
  for (let request = 0; request < requests; request++) busy.begin()
  clock.work(requests * ms)
  for (let request = 0; request < requests; request++) busy.end()
  clock.comeRound()
  return clock.now() - begin
}

function batches(clock: TestClock, busy: ReturnType<typeof busyWork>, times: number, ms: number): number {
  let last = 0
  for (let time = 0; time < times; time++) last = batch(clock, busy, 4, ms)
  return last
}

test.each([0.05, 0.15, 0.5])('a worsening of %d lengthens a batch by 1/(1 − x)', (worsening) => {
  const clock = new TestClock()
  const busy = busyWork(worsening, clock)
  const without = batch(clock, busy, 4, 0.1)
  expect(batches(clock, busy, 300, 0.1) / without).toBeCloseTo(1 / (1 - worsening), 3)
})

test('one batch in twenty gets the work of twenty', () => {
  const clock = new TestClock()
  const busy = busyWork(0.05, clock, { oneBatchIn: 20 })
  batches(clock, busy, 300, 0.1)
  const lasting = Array.from({ length: 40 }, () => batch(clock, busy, 4, 0.1))
  const long = lasting.filter((ms) => ms > 0.5)
  expect(long).toHaveLength(2)
  for (const ms of long) expect(ms).toBeCloseTo(0.4 * (1 + 20 * (1 / 0.95 - 1)), 2)
  expect(Math.max(...lasting.filter((ms) => ms <= 0.5))).toBeCloseTo(0.4, 2)
})

test('under continuous load groups of requests take the place of batches', () => {
  const clock = new TestClock()
  const busy = busyWork(0.05, clock, { oneBatchIn: 20 })
  const begin = clock.now()
  const requests = 512 * 40
  busy.begin()
  for (let request = 0; request < requests; request++) {
    busy.begin()
    clock.work(0.1)
    busy.end()
  }
  expect((clock.now() - begin) / (requests * 0.1)).toBeCloseTo(1 / 0.95, 1)
})

test('what is learned from cold code is replaced by what is learned from warm code', () => {
  const clock = new TestClock()
  const busy = busyWork(0.2, clock)
  batches(clock, busy, 150, 1)
  expect(busy.msPerRequest).toBeCloseTo(0.25, 3)
  batches(clock, busy, 150, 0.1)
  expect(busy.msPerRequest).toBeCloseTo(0.025, 3)
})

test('a batch that was interrupted teaches nothing', () => {
  const clock = new TestClock()
  const busy = busyWork(0.2, clock)
  for (let time = 0; time < 200; time++) batch(clock, busy, 4, time % 10 === 0 ? 50 : 0.1)
  expect(busy.msPerRequest).toBeCloseTo(0.025, 3)
})

test('one request after the other without a turn of the event loop is a batch each', () => {
  const clock = new TestClock()
  const busy = busyWork(0.2, clock)
  for (let request = 0; request < 200; request++) {
    busy.begin()
    clock.work(0.1)
    busy.end()
  }
  clock.comeRound()
  expect(busy.msPerRequest).toBeCloseTo(0.025, 3)
})

test('under continuous load it learns from CPU time, whoever else has the core', () => {
  const clock = new TestClock()
  const busy = busyWork(0.2, clock)
  for (let lane = 0; lane < 4; lane++) busy.begin()
  for (let request = 0; request < 3_000; request++) {
    clock.work(0.1)
    clock.wait(0.3)
    busy.end()
    busy.begin()
  }
  expect(busy.msPerRequest).toBeCloseTo(0.025, 3)
})

test('constant work is the same for every request, in batches and under continuous load', () => {
  const clock = new TestClock()
  const busy = constantWork(0.02, clock)
  expect(batches(clock, busy, 300, 0.1) - 4 * 0.1).toBeCloseTo(4 * 0.02, 3)
  const requests = 3_000
  const begin = clock.now()
  for (let request = 0; request < requests; request++) {
    busy.begin()
    clock.work(0.1)
    busy.end()
  }
  expect((clock.now() - begin) / requests - 0.1).toBeCloseTo(0.02, 3)
})

test('constant work of nothing takes nothing', () => {
  const clock = new TestClock()
  const busy = constantWork(0, clock)
  const begin = clock.now()
  busy.begin()
  expect(clock.now() - begin).toBeCloseTo(2e-5, 12)
})

test('a worsening of 1 or more is refused', () => {
  expect(() => busyWork(1)).toThrow(new RangeError('worsening is 1; expected 0 or more, below 1'))
})
