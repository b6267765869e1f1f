import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A temporary folder for one test, which disposal removes. */
export interface TestFolder extends Disposable {
  readonly root: string
  /** Writes a file by its path from the root; what is no text is written as JSON. */
  write(file: string, content: string | object): string
}

export function testFolder(): TestFolder {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'wiregauge-test-'))
  return {
    root,
    write(file, content) {
      const full = path.join(root, file)
      mkdirSync(path.dirname(full), { recursive: true })
      writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content))
      return full
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Writes files by their paths from the root, as {@link TestFolder.write} does. */
export function writeFiles(folder: TestFolder, files: Readonly<Record<string, string | object>>): void {
  for (const [file, content] of Object.entries(files)) folder.write(file, content)
}
