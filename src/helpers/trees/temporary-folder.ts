import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { epochMs } from '../measure/epoch.ts'
import { isRunning } from '../measure/is-running.ts'

/** A folder that disposal removes. */
export interface TemporaryFolder extends Disposable {
  readonly folder: string
}

/** No installation lasts as long: what is older was left behind, also where its process cannot be asked for. */
const abandonedAfterMs = 86_400_000

/** Process numbers mean nothing to another machine, or container, that shares the folder. */
const here = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/**
 * Makes a folder for this process, and removes those of processes that were killed before they could.
 *
 * @param parent Where; made when absent.
 */
export function temporaryFolder(parent: string): TemporaryFolder {
  mkdirSync(parent, { recursive: true })
  removeAbandoned(parent)
  const folder = mkdtempSync(path.join(parent, `${process.pid}-${here}-`))
  return { folder, [Symbol.dispose]: () => remove(folder) }
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, owner, host] = /^(\d+)-([0-9a-f]{8})-/.exec(name) ?? []
    if (owner === undefined) continue
    try {
      const folder = path.join(parent, name)
      const ended = host === here && !isRunning(Number(owner))
      if (ended || epochMs() - statSync(folder).mtimeMs > abandonedAfterMs) remove(folder)
    } catch {
      // Somebody else's, who alone may remove it, or removed in this moment.
    }
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
