/** What busy work reads the time from; injected so that tests run on a clock of their own. */
export interface BusyClocks {
  /** Monotonic time in milliseconds. */
  now(): number
  /** CPU time of this thread in milliseconds. */
  threadCpuMs(): number
  /** Calls back when the event loop has come round once. */
  turn(then: () => void): void
}

/** Work that a client is made to do for nothing, so that it becomes slower by a known share. */
export interface BusyWork {
  /** To be called when a request begins; keeps the thread busy. */
  begin(): void
  /** To be called when that request has settled. */
  end(): void
  /** What each request is made to take longer, in milliseconds; 0 until it is known. */
  readonly msPerRequest: number
}

/**
 * A client's speed is learned from the median of so many batches, again and again: code goes on getting faster for
 * hundreds of batches, and what is learned early would be too much later on (tried: 15 % became 20 %).
 */
const batchesPerLesson = 25

/** At first every batch is watched. A pair's warm-up has 350 or more. */
const watchedAtFirst = 100

/** Later on one in so many is, because watching costs a client half a per cent. */
const watchedLater = 4

/**
 * With so many requests since anything was seen to end, the load is taken for continuous, and the speed is learned over
 * every so many. More than any counted segment has.
 */
const requestsPerLesson = 600

/**
 * Work is spread over groups of requests by giving each group all or nothing. A batch is a group of its own; so many
 * requests are one where the load never ends, more than any scenario has in flight.
 */
const mostInGroup = 512

interface BusyWorkOptions {
  /**
   * One batch in so many gets the work of all of them, the others none, so that the mean is worse by the share and the
   * median is not. Default 1: every batch gets its own.
   */
  readonly oneBatchIn?: number
}

/**
 * Busy work that makes a client worse by a share: a batch (from nothing in flight to nothing in flight) comes to last
 * 1/(1 − worsening) of what it lasts without. What a batch lasts without is learned in the process itself, from batches
 * with the work that was put in taken off.
 *
 * The throughput drops a little more than that, because what is busy at the begin of a request sends the next one later:
 * 5.2 to 5.6 % for 5 % with 4 in flight, 12.0 to 12.6 % for 10 % with 64 (`prove --only curve`, means of 20 trials of each
 * of three clients). What was measured stands beside every drop.
 *
 * Under continuous load there are no batches. There the speed is learned from CPU time per request, because a loaded
 * client's thread is busy all the time, and wall time while it is learned may belong to other processes.
 *
 * @param worsening Share of the throughput, 0.15 for 15 %.
 */
export function busyWork(
  worsening: number,
  clocks: BusyClocks = realClocks,
  { oneBatchIn = 1 }: BusyWorkOptions = {},
): BusyWork {
  const added = addedBy(worsening)
  const keepBusy = busyFor(clocks)
  let msPerRequest = 0
  let inFlight = 0
  let batches = 0
  /** Groups begun, and requests of the one at hand. */
  let groups = 0
  let inGroup = 0
  /** Of the batch at hand: whether it is watched, its begin, its requests so far, and what was put into it. */
  let watched = false
  let began = 0
  let requests = 0
  let putMs = 0
  let lesson: number[] = []
  let loadBegan: { readonly cpuMs: number; readonly putMs: number } | undefined

  function beginGroup(): void {
    groups++
    inGroup = 0
  }

  function beginBatch(): void {
    beginGroup()
    if (watched) endBatch()
    watched = batches < watchedAtFirst || batches % watchedLater === 0
    batches++
    requests = 0
    putMs = 0
    loadBegan = undefined
    if (watched) began = clocks.now()
  }

  /** A watched batch ends at the turn of the event loop after its last reply, or at the next request if that is earlier. */
  function endBatch(): void {
    watched = false
    lesson.push((clocks.now() - began - putMs) / requests)
    if (lesson.length < batchesPerLesson) return
    learn(median(lesson))
    lesson = []
  }

  function learnFromLoad(): void {
    const now = { cpuMs: clocks.threadCpuMs(), putMs }
    if (loadBegan !== undefined)
      learn((now.cpuMs - loadBegan.cpuMs - (now.putMs - loadBegan.putMs)) / requestsPerLesson)
    loadBegan = now
  }

  function learn(msWithout: number): void {
    msPerRequest = Math.max(0, msWithout) * added
  }

  return {
    begin() {
      if (inFlight === 0) beginBatch()
      inFlight++
      requests++
      if (++inGroup > mostInGroup) beginGroup()
      if (requests % requestsPerLesson === 0) learnFromLoad()
      if (msPerRequest === 0 || groups % oneBatchIn !== 0) return
      const ms = msPerRequest * oneBatchIn
      putMs += ms
      keepBusy(ms)
    },
    end() {
      inFlight--
      if (inFlight > 0 || !watched) return
      const batch = batches
      clocks.turn(() => {
        if (watched && batches === batch && inFlight === 0) endBatch()
      })
    },
    get msPerRequest() {
      return msPerRequest
    },
  }
}

/**
 * What is added to a time for a worsening, as a share of it (DESIGN section 1).
 *
 * @param worsening Share of the throughput, 0.15 for 15 %.
 * @throws {RangeError} when it is not from 0 to below 1.
 */
export function addedBy(worsening: number): number {
  if (!(worsening >= 0 && worsening < 1)) throw new RangeError(`worsening is ${worsening}; expected 0 or more, below 1`)
  return 1 / (1 - worsening) - 1
}

/**
 * Busy work that learns nothing: every request gets the same time, in whatever way the client is loaded, so that ways of
 * measuring can be compared by it.
 *
 * @param msPerRequest In milliseconds; 0 for none.
 */
export function constantWork(msPerRequest: number, clocks: BusyClocks = realClocks): BusyWork {
  const keepBusy = busyFor(clocks)
  return {
    begin() {
      if (msPerRequest > 0) keepBusy(msPerRequest)
    },
    end() {},
    msPerRequest,
  }
}

/** Keeps the thread busy for so many milliseconds. */
function busyFor(clocks: BusyClocks): (ms: number) => void {
  const lookMs = costOfLook(clocks)
  return (ms) => {
    const until = clocks.now() + ms - lookMs
    while (clocks.now() < until);
  }
}

/** Looks at the clock over which the cost of one is taken, once it is compiled after as many. */
const looks = 20_000

/** Milliseconds that looking at the clock takes: busy work looks once more than it lasts. */
function costOfLook(clocks: BusyClocks): number {
  for (let look = 1; look < looks; look++) clocks.now()
  const begin = clocks.now()
  for (let look = 1; look < looks; look++) clocks.now()
  return (clocks.now() - begin) / looks
}

const realClocks: BusyClocks = {
  now: () => performance.now(),
  threadCpuMs: () => {
    // The thread's time is brought up to date by reading the process's first.
    process.cpuUsage()
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1e3
  },
  turn: (then) => {
    setImmediate(then)
  },
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? 0
}
