import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceReader } from './sources.ts'

/**
 * The text of a script.
 *
 * @param url As V8 gives it: `file:` address, path, or `node:` module.
 * @returns Nothing where there is no such file.
 */
function readSource(url: string): string | undefined {
  if (!/^(?:file:|\/|[A-Za-z]:\\)/.test(url)) return undefined
  try {
    return readFileSync(url.startsWith('file:') ? fileURLToPath(url) : url, 'utf8')
  } catch {
    // A profile is an explanation: a function without its source is told by its file.
    return undefined
  }
}

const script = /\.[cm]?[jt]s$/

/** The scripts in a package's folder without those of packages in it, relative to it; none where there is no such folder. */
function scriptsIn(folder: string): readonly string[] {
  const found: string[] = []
  const rest = ['']
  for (let within = rest.pop(); within !== undefined; within = rest.pop()) {
    for (const entry of entriesOf(path.join(folder, within))) {
      const file = within === '' ? entry.name : `${within}/${entry.name}`
      if (entry.isDirectory() && entry.name !== 'node_modules') rest.push(file)
      else if (entry.isFile() && script.test(file) && !file.endsWith('.d.ts')) found.push(file)
    }
  }
  return found.sort()
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Reads files as they are now, each once. */
export function fileReader(): SourceReader {
  return { text: once(readSource), scripts: once(scriptsIn) }
}

function once<Result>(read: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, { readonly result: Result }>()
  return (name) => {
    const kept = known.get(name) ?? { result: read(name) }
    known.set(name, kept)
    return kept.result
  }
}
