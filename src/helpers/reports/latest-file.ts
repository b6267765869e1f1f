import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isRunning } from '../measure/is-running.ts'
import type { RunRecord } from './run-record.ts'

/**
 * Where a run leaves its record: `latest.json`, or, while that is the record of another run that goes on, a file named by
 * the seed.
 *
 * @param reports Folder of the project's reports.
 * @param say Told when it is another file, and why.
 */
export function latestFile(reports: string, seed: number, say: (message: string) => void): string {
  const latest = path.join(reports, 'latest.json')
  const other = runningIn(latest)
  if (other === undefined) return latest
  const own = path.join(reports, `latest-${seed}.json`)
  const [theirs, ours] = [latest, own].map((file) => path.relative(process.cwd(), file))
  say(`process ${other} is running here and writes ${theirs}, so this run writes ${ours}`)
  return own
}

/** The other process that is writing a record; undefined where none is, whatever the file holds. */
function runningIn(file: string): number | undefined {
  try {
    const { state, pid } = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunRecord>
    return state === 'running' && pid !== undefined && pid !== process.pid && isRunning(pid) ? pid : undefined
  } catch {
    return undefined
  }
}
