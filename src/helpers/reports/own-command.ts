import { realpathSync } from 'node:fs'
import path from 'node:path'
import { plainText } from './plain-text.ts'
import { shellWord } from './shell-text.ts'

/** Where this wiregauge stands. */
const ownRoot = path.resolve(import.meta.dirname, '../../..')

/** Where the command is to be repeated. */
export interface Whereabouts {
  /** Default: the current folder. */
  readonly root?: string
  /** Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/**
 * How this wiregauge is started again. `npx wiregauge` only where npx would start this one: elsewhere it would fetch whatever
 * has that name in the registry. Else what `WIREGAUGE_COMMAND` says, which the actions set to themselves at their commit, or
 * the file itself.
 */
export function ownCommand({ root = process.cwd(), environment = process.env }: Whereabouts = {}): string {
  if (isStartedByNpx(root)) return 'npx wiregauge'
  const { WIREGAUGE_COMMAND: given = '' } = environment
  if (given !== '') return plainText(given)
  return `node ${shellWord(plainText(path.relative(root, path.join(ownRoot, 'bin/wiregauge.js'))))}`
}

/** As npx looks for it: the project itself, then `.bin` in its folder and in those above (libnpmexec, `file-exists.js`). */
function isStartedByNpx(root: string): boolean {
  if (realPath(root) === realPath(ownRoot)) return true
  for (let folder = path.resolve(root); ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules')
    // On Windows what stands in `.bin` is no link.
    if (realPath(path.join(modules, '.bin/wiregauge')) !== undefined) {
      return realPath(path.join(modules, 'wiregauge')) === realPath(ownRoot)
    }
    if (folder === path.dirname(folder)) return false
  }
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
}

/**
 * A command about a client, for a POSIX shell, in which every name is one argument and none an option.
 *
 * @param options Names with their values; switches have none.
 */
export function clientCommand(
  verb: 'run' | 'compare' | 'bisect',
  client: string,
  options: readonly (readonly [name: string, value?: string])[],
): string {
  const given = options.map(([name, value]) => {
    if (value === undefined) return name
    return value.startsWith('-') ? `${name}=${shellWord(value)}` : `${name} ${shellWord(value)}`
  })
  const words = client.startsWith('-') ? [...given, '--', shellWord(client)] : [shellWord(client), ...given]
  return [ownCommand(), verb, ...words].join(' ')
}
