import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { publicModules } from './public-modules.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Installs TypeDoc beside this file, from its own lock, where it is absent. */
export function installTool(say: (message: string) => void): void {
  if (existsSync(path.join(import.meta.dirname, 'node_modules'))) return
  say('installing TypeDoc in scripts/api-reference')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
}

/**
 * Writes the reference of the API into a folder, which it empties before: a page for every public module, from the docstrings.
 *
 * @throws when TypeDoc fails or warns: of a type that is used and not exported, say.
 */
export function writeReference(folder: string): void {
  const typedoc = path.join(import.meta.dirname, 'node_modules/typedoc/bin/typedoc')
  const modules = publicModules(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))
  const entryPoints = modules.flatMap(({ source }) => ['--entryPoints', path.join(root, source)])
  const options = path.join(import.meta.dirname, 'typedoc.json')
  execFileSync(
    process.execPath,
    [typedoc, '--options', options, '--out', folder, '--logLevel', 'Warn', ...entryPoints],
    {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
}
