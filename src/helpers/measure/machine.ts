import { readFileSync } from 'node:fs'
import os from 'node:os'

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

/**
 * Starts to watch for stolen time.
 *
 * @returns A function that tells the share of all cores' time that was stolen since, or undefined off Linux.
 */
export function watchSteal(): () => number | undefined {
  const before = readTicks()
  return () => {
    const after = readTicks()
    if (before === undefined || after === undefined || after.all === before.all) return undefined
    return (after.stolen - before.stolen) / (after.all - before.all)
  }
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
