import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'

/** For tests: modules that are gone after the tests of a file. */
export class ModuleFolder {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-modules-'))

  constructor() {
    afterAll(() => rmSync(this.#folder, { recursive: true }))
  }

  /**
   * Writes a module, in which `packageAddress('name')` is where the project has that package.
   *
   * @returns Its `file:` address.
   */
  write(name: string, text: string): string {
    const file = path.join(this.#folder, name)
    writeFileSync(
      file,
      text.replace(/packageAddress\('([^']+)'\)/g, (_, name: string) => JSON.stringify(import.meta.resolve(name))),
    )
    return pathToFileURL(file).href
  }
}
