import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type AskedPackages, keptLock, type VersionLock } from './version-lock.ts'

/** What npm resolved a question to, and when. */
export interface KeptAnswer {
  readonly lock: VersionLock
  readonly date: Date
}

/** How a file of the index looks. */
interface KeptFile {
  readonly manifest: string
  readonly text: string
}

/**
 * Remembers what packages were resolved to, for when the registry cannot be asked.
 *
 * @param temporary A folder on the same disk, from which the note is put in place at once.
 */
export function keepAnswer(cache: string, asked: AskedPackages, lock: VersionLock, temporary: string): void {
  const file = fileOf(cache, asked)
  const { manifest, text } = lock
  const note = path.join(temporary, 'asked.json')
  writeFileSync(note, JSON.stringify({ manifest, text } satisfies KeptFile))
  mkdirSync(path.dirname(file), { recursive: true })
  renameSync(note, file)
}

/** What was remembered; undefined when nothing was, or when it cannot be read any more. */
export function keptAnswer(cache: string, asked: AskedPackages): KeptAnswer | undefined {
  const file = fileOf(cache, asked)
  try {
    const { manifest, text } = JSON.parse(readFileSync(file, 'utf8')) as KeptFile
    return { lock: keptLock(manifest, text, asked), date: statSync(file).mtime }
  } catch {
    // The registry knows the answer; this is for when it cannot be asked.
    return undefined
  }
}

function fileOf(cache: string, asked: AskedPackages): string {
  const question = JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)))
  return path.join(cache, 'asked', `${createHash('sha256').update(question).digest('hex')}.json`)
}
