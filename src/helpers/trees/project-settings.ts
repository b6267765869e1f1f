import { copyFileSync, existsSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/**
 * Has the `.npmrc` of a project hold in another folder until disposal, unless that has its own. A link, so that no copy
 * of credentials is left by a process that is killed; Windows keeps links for administrators.
 */
export function lendSettings(project: string, folder: string): Disposable {
  const settings = path.resolve(project, '.npmrc')
  const here = path.join(folder, '.npmrc')
  if (!existsSync(settings) || existsSync(here)) return { [Symbol.dispose]: () => {} }
  if (process.platform === 'win32') copyFileSync(settings, here)
  else symlinkSync(settings, here)
  return { [Symbol.dispose]: () => rmSync(here, { force: true }) }
}
