import { readFileSync } from 'node:fs'
import os from 'node:os'
import { monotonicMs } from './real-time.ts'
import { throttledMs } from './throttling.ts'

/** What makes figures of two machines comparable or not. */
export interface Machine {
  /** Declared in `WIREGAUGE_MACHINE`, e.g. `github-ubuntu-24.04-x64`, or guessed from the facts below. */
  readonly class: string
  readonly declared: boolean
  readonly processor: string
  readonly cores: number
  /** Platform and architecture, e.g. `linux-x64`. */
  readonly platform: string
  /** Version of Node, without the `v`. */
  readonly node: string
}

/** The machine that this process runs on. */
export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  const facts = {
    processor: os.cpus()[0]?.model.trim() || 'unknown processor',
    cores: os.availableParallelism(),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
  }
  const declared = environment['WIREGAUGE_MACHINE']
  return {
    class: declared || `${facts.processor}, ${facts.cores} cores, ${facts.platform}, Node ${facts.node}`,
    declared: Boolean(declared),
    ...facts,
  }
}

/** Clock ticks of all cores since boot. */
interface Ticks {
  readonly all: number
  readonly stolen: number
}

/** How the machine was disturbed meanwhile, as shares from 0 to 1; absent where the system does not tell. */
export interface Disturbance {
  /** Share of all cores' time that the hypervisor gave to others. */
  readonly stealShare?: number
  /** Share of the wall time for which a quota held processors back. */
  readonly throttledShare?: number
}

/**
 * Starts to watch what disturbs the machine.
 *
 * @returns A function that tells what did since.
 */
export function watchMachine(): () => Disturbance {
  const before = readMachine()
  return () => disturbance(before, readMachine())
}

/** What the counters of a machine showed at one moment. */
interface Reading {
  readonly atMs: number
  readonly ticks: Ticks | undefined
  readonly throttledMs: number | undefined
}

/** What happened between two readings. */
export function disturbance(before: Reading, after: Reading): Disturbance {
  const { ticks: from, throttledMs: throttledBefore } = before
  const { ticks: to, throttledMs: throttledAfter } = after
  const wallMs = after.atMs - before.atMs
  return {
    ...(from === undefined || to === undefined || to.all === from.all
      ? {}
      : { stealShare: (to.stolen - from.stolen) / (to.all - from.all) }),
    // Several processors held back at once are counted by the system each.
    ...(throttledBefore === undefined || throttledAfter === undefined || wallMs <= 0
      ? {}
      : { throttledShare: Math.min(1, (throttledAfter - throttledBefore) / wallMs) }),
  }
}

function readMachine(): Reading {
  return { atMs: monotonicMs(), ticks: readTicks(), throttledMs: throttledMs() }
}

function readTicks(): Ticks | undefined {
  if (process.platform !== 'linux') return undefined
  return parseTicks(readFileSync('/proc/stat', 'utf8'))
}

/** Reads the first line of `/proc/stat`: user nice system idle iowait irq softirq steal (proc_stat(5)). */
export function parseTicks(stat: string): Ticks | undefined {
  const fields = /^cpu\s+(.*)$/m.exec(stat)?.[1]?.trim().split(/\s+/).slice(0, 8).map(Number)
  if (fields === undefined || fields.length < 8) return undefined
  return { all: fields.reduce((sum, ticks) => sum + ticks, 0), stolen: fields[7] as number }
}

/** The larger share of each, as over the looks of a measurement. */
export function worstOf(one: Disturbance, other: Disturbance): Disturbance {
  const largest = (name: keyof Disturbance): Disturbance => {
    const shares = [one[name], other[name]].filter((share) => share !== undefined)
    return shares.length === 0 ? {} : { [name]: Math.max(...shares) }
  }
  return { ...largest('stealShare'), ...largest('throttledShare') }
}
