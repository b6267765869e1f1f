import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'

/** How each system opens a file with what it is meant for; all others have freedesktop.org's command, if any. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // Not `start`, which is a word of the shell: the shell ends a command at every `&`, and paths may have one.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** The command that opens an address, with its arguments. @param platform As Node names it. */
export function openCommand(address: string, platform: NodeJS.Platform): readonly [string, ...string[]] {
  const [command, ...words] = openers[platform] ?? ['xdg-open']
  return [command, ...words, address]
}

/**
 * Opens a page in the browser of whoever is there.
 *
 * @param file Path of the page.
 * @param say Told where nobody can.
 */
export function openInBrowser(file: string, say: (message: string) => void): void {
  const address = pathToFileURL(file).href
  const [command, ...words] = openCommand(address, process.platform)
  const opener = spawn(command, words, { stdio: 'ignore', detached: true })
  opener.once('error', (error) => say(`${address} cannot be opened: ${error.message}`))
  opener.unref()
}
