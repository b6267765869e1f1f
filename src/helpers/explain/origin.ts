import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a function's file belongs. */
export interface Origin {
  /** Package, or folder in the project or tree (`.` for its root); empty for what comes with Node, or has no file. */
  readonly package: string
  /** Path within the package or folder; empty for what has no file. */
  readonly file: string
  /** The package or folder itself, absolute; absent for what comes with Node, or has no file. */
  readonly folder?: string
}

/**
 * Tells package and file apart in a script's address. Of nested packages the innermost counts. A file outside of every
 * root keeps its whole folder.
 *
 * @param url As V8 gives it: `file:` address, path, `node:` module, or empty.
 * @param roots Folders of the project and of the trees; of several that hold a file the longest counts.
 */
export function originOf(url: string, roots: readonly string[]): Origin {
  if (!url.startsWith('file:') && !path.isAbsolute(url)) return { package: '', file: url }
  const file = url.startsWith('file:') ? fileURLToPath(url) : url
  const parts = file.split(path.sep)
  const modules = parts.lastIndexOf('node_modules')
  if (modules >= 0) {
    const length = parts[modules + 1]?.startsWith('@') ? 2 : 1
    const within = modules + 1 + length
    return {
      package: parts.slice(modules + 1, within).join('/'),
      file: parts.slice(within).join('/'),
      folder: parts.slice(0, within).join(path.sep),
    }
  }
  const [root] = roots
    .filter((each) => file.startsWith(each + path.sep))
    .sort((one, other) => other.length - one.length)
  const folder = path.dirname(file)
  const within = root === undefined ? folder : path.relative(root, folder) || '.'
  return { package: within.split(path.sep).join('/'), file: path.basename(file), folder }
}
