/**
 * Writes docs/api from the docstrings of what the package exports. With `--check` it writes nothing, and ends with 1 where
 * docs/api is another, or where the page of a module says nothing of it.
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { descriptionIn } from './api-reference/description.ts'
import { installTool, writeReference } from './api-reference/reference.ts'
import { endAsCommand } from './end-as-command.ts'

endAsCommand()

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const committed = path.resolve(import.meta.dirname, '../docs/api')

function pagesOf(folder: string): ReadonlyMap<string, string> {
  const files = globSync('**/*.md', { cwd: folder }).sort()
  return new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]))
}

installTool((message) => process.stderr.write(`${message}\n`))
if (values.check) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wiregauge-api-'))
  try {
    writeReference(folder)
    const [written, expected] = [pagesOf(folder), pagesOf(committed)]
    const names = [...new Set([...written.keys(), ...expected.keys()])]
    const stale = names.filter((name) => written.get(name) !== expected.get(name))
    for (const name of stale)
      process.stderr.write(`docs/api/${name} is not what the docstrings say; run \`npm run docs:api\`\n`)
    const silent = [...written].filter(([name, page]) => name !== 'README.md' && descriptionIn(page) === '')
    for (const [name] of silent)
      process.stderr.write(
        `docs/api/${name} says nothing of its module; begin the source with a comment with @module\n`,
      )
    if (stale.length + silent.length > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true })
  }
} else writeReference(committed)
