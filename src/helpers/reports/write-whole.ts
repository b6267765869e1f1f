import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Writes a text file whole and atomically: it becomes what it was told or stays what it was, whatever happens. Its folder
 * is made; a link stays a link, and permissions stay as they are.
 *
 * The text goes to a file beside it, which takes its place when everything is on the disk. `writeFileSync` goes on after
 * short writes, which are what a disk that is nearly full gives before it fails.
 *
 * @throws When it cannot be written, and when the file is something that a file must not replace, such as a device.
 */
export function writeWhole(file: string, text: string): void {
  const { target, temporary, mode } = placeOf(file)
  try {
    writeFileSync(temporary, text, { flag: 'wx', flush: true, mode })
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Finds out whether {@link writeWhole} could write a file now; leaves nothing but its folder. @throws When it could not. */
export function requireWritable(file: string): void {
  const { temporary } = placeOf(file)
  writeFileSync(temporary, '', { flag: 'wx' })
  rmSync(temporary)
}

interface Place {
  readonly target: string
  readonly temporary: string
  readonly mode: number
}

function placeOf(file: string): Place {
  if (file === '') throw new Error('it has no name')
  const there = statSync(file, { throwIfNoEntry: false })
  // `path.dirname` overlooks a separator at the end, and folders would be made for a file without a name.
  if (there?.isDirectory() || /[/\\]$/.test(file)) throw new Error('it is a folder')
  if (there !== undefined && !there.isFile()) throw new Error('it is no regular file, and would be replaced by one')
  const target = there === undefined ? file : realpathSync(file)
  mkdirSync(path.dirname(target), { recursive: true })
  return { target, temporary: `${target}.${randomUUID()}.tmp`, mode: there === undefined ? 0o666 : there.mode & 0o777 }
}
