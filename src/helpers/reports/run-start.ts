import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { epochMs } from '../measure/epoch.ts'

/**
 * When a run began to measure: Vitest isolates spec files from each other, so the first to ask writes the time down for
 * those after it. Other projects of the same Vitest run may take minutes before, which are none of the cap's.
 *
 * The time is written beside the file, which is linked to it: whoever asks meanwhile finds no file that is still empty, and
 * none takes the place of another.
 *
 * @param file Of this run alone; its folder is there.
 * @returns Milliseconds since the epoch.
 */
export function startOfRun(file: string, nowMs = epochMs()): number {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    writeFileSync(temporary, String(nowMs), { flag: 'wx' })
    linkSync(temporary, file)
    return nowMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return Number(readFileSync(file, 'utf8'))
  } finally {
    rmSync(temporary, { force: true })
  }
}
