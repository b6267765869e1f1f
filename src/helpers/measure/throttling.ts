import { readFileSync } from 'node:fs'

/** Where the quota of this container's processors keeps its account: control groups of version 2, and of version 1. */
const accounts = [
  { file: '/sys/fs/cgroup/cpu.stat', parse: parseThrottledUsec },
  { file: '/sys/fs/cgroup/cpu/cpu.stat', parse: parseThrottledNs },
]

/**
 * Time for which a quota has held this container's processors back so far, in milliseconds, added up over processors.
 * Absent where the system does not tell: off Linux, and where no quota can be set.
 */
export function throttledMs(): number | undefined {
  for (const { file, parse } of accounts) {
    const throttled = parse(readIfThere(file))
    if (throttled !== undefined) return throttled
  }
  return undefined
}

/** Reads `cpu.stat` of control groups 2 (https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files). */
export function parseThrottledUsec(stat: string): number | undefined {
  return field(stat, 'throttled_usec', 1e3)
}

/** Reads `cpu.stat` of control groups 1 (https://docs.kernel.org/scheduler/sched-bwc.html#statistics). */
export function parseThrottledNs(stat: string): number | undefined {
  return field(stat, 'throttled_time', 1e6)
}

function field(stat: string, name: string, perMillisecond: number): number | undefined {
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(stat)?.[1]
  return value === undefined ? undefined : Number(value) / perMillisecond
}

/** Nothing where it cannot be read: a sandbox may hide what it likes, and a measurement does not fail for that. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
