import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nothing, type Planned } from './change.ts'

/** Has git leave what runs write alone: adds to the `.gitignore` of the project, or makes it. */
export function withIgnoredReports(root: string): Planned {
  const file = path.join(root, '.gitignore')
  // Anchored: a folder of the name further below is somebody's own.
  const rule = '/reports/'
  if (!existsSync(file)) return { changes: [{ file, text: `${rule}\n` }], notes: [] }
  const before = readFileSync(file, 'utf8')
  const isThere = before.split(/\r?\n/).some((line) => /^\/?reports(?:\/\*?)?$/.test(line.trim()))
  if (isThere) return nothing
  const end = before === '' || before.endsWith('\n') ? '' : '\n'
  return { changes: [{ file, before, text: `${before}${end}${rule}\n` }], notes: [] }
}
