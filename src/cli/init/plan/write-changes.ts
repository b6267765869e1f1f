import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { writeWhole } from '../../../helpers/reports/write-whole.ts'
import type { Change } from './change.ts'

/**
 * Writes all of the changes or none: when one cannot be written, those before it are taken back, and so are the folders that
 * were made.
 *
 * @throws {UsageError} for a file that is there and was to be made, for one that has changed since it was read, and for
 * what cannot be written.
 */
export function writeChanges(changes: readonly Change[], root: string): void {
  for (const change of changes) requireAsPlanned(change, root)
  const written: Change[] = []
  const folders: string[] = []
  try {
    for (const change of changes) {
      folders.push(...madeFolders(path.dirname(change.file)))
      writeWhole(change.file, change.text)
      written.push(change)
    }
  } catch (cause) {
    takeBack(written, folders)
    const { file } = changes[written.length] ?? { file: root }
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`nothing is written: ${path.relative(root, file)}: ${problem}`, { cause })
  }
}

/** @throws {UsageError} where a file is not what the change was planned for, or its folder cannot be written to. */
export function requireAsPlanned({ file, before }: Change, root: string): void {
  const name = path.relative(root, file)
  const isThere = existsSync(file)
  if (before === undefined && isThere) {
    throw new UsageError(`nothing is written: ${name} is there already; init never overwrites, so move it away first`)
  }
  if (before !== undefined && !(isThere && readFileSync(file, 'utf8') === before)) {
    throw new UsageError(`nothing is written: ${name} has changed meanwhile; run init again`)
  }
  const problem = problemOf(path.dirname(file), root)
  if (problem !== undefined) throw new UsageError(`nothing is written: ${name} cannot be written, because ${problem}`)
}

/** What keeps a folder from being written to, or else from being made. */
function problemOf(folder: string, root: string): string | undefined {
  if (!existsSync(folder)) return problemOf(path.dirname(folder), root)
  const name = path.relative(root, folder) || 'the project'
  if (!statSync(folder).isDirectory()) return `${name} is no folder`
  try {
    accessSync(folder, constants.W_OK)
    return undefined
  } catch {
    return `${name} cannot be written to`
  }
}

/** Makes a folder with those around it. @returns Those that were not there, the innermost last. */
function madeFolders(folder: string): readonly string[] {
  const missing: string[] = []
  for (let each = folder; !existsSync(each); each = path.dirname(each)) missing.unshift(each)
  mkdirSync(folder, { recursive: true })
  return missing
}

function takeBack(written: readonly Change[], folders: readonly string[]): void {
  for (const { file, before } of written) {
    if (before === undefined) rmSync(file, { force: true })
    else writeWhole(file, before)
  }
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder)
    } catch {
      // Somebody else has put something into it.
    }
  }
}
