import { readFileSync, writeFileSync } from 'node:fs'

/**
 * When a run began to measure: Vitest isolates spec files from each other, so the first to ask writes the time down for
 * those after it. Other projects of the same Vitest run may take minutes before, which are none of the cap's.
 *
 * @param file Of this run alone; its folder is there.
 * @returns Milliseconds since the epoch.
 */
export function startOfRun(file: string, nowMs = Date.now()): number {
  try {
    writeFileSync(file, String(nowMs), { flag: 'wx' })
    return nowMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return Number(readFileSync(file, 'utf8'))
  }
}
