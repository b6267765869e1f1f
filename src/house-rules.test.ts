import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/** The rules of the house (DESIGN section 6), read off import statements. */

const root = path.resolve(import.meta.dirname, '..')

interface Import {
  /** The importing file, from the root. */
  readonly file: string
  /** What it imports: a file from the root, or a package. */
  readonly from: string
  /** The text between `import` and `from`. */
  readonly names: string
}

const statement = /^(?:import|export)\s+(?:(?<names>[^'"`;]*?)\s+from\s+)?['"](?<from>[^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"](?<from>[^'"]+)['"]/g

/** Every import of the files of a pattern, tests of the code and what they share left out. */
function importsOf(pattern: string): Import[] {
  const files = globSync(pattern, {
    cwd: root,
    exclude: ['**/node_modules/**', 'src/**/*.test.ts', 'src/**/test-*.ts'],
  })
  return files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    return [...text.matchAll(statement), ...text.matchAll(dynamic)].map(({ groups = {} }) => {
      const from = groups['from'] ?? ''
      const resolved = from.startsWith('.') ? path.posix.join(path.posix.dirname(file), from) : from
      return { file, from: resolved, names: groups['names'] ?? '' }
    })
  })
}

const told = ({ file, from }: Import): string => `${file} imports ${from}`
const ours = importsOf('{src,scripts,bin,fixtures}/**/*.{ts,js}')

describe('the rules of the house:', () => {
  test('imports are found at all', () => {
    const found = ours.map(told)
    expect(found).toContain('src/helpers/measure/pair.ts imports src/helpers/statistics/paired.ts')
    expect(found).toContain('bin/wiregauge.js imports src/cli/main.ts')
    expect(found).toContain('src/helpers/budgets/budget-file.ts imports src/helpers/budgets/budgets.schema.json')
  })

  test('statistics/ imports nothing of ours', () => {
    const own = ours.filter(({ file }) => file.startsWith('src/helpers/statistics/'))
    const foreign = own.filter(({ from }) => from.includes('/') && !from.startsWith('src/helpers/statistics/'))
    expect(own).not.toEqual([])
    expect(foreign.map(told)).toEqual([])
  })

  test('clients/ know nothing of budgets', () => {
    const own = ours.filter(({ file }) => file.startsWith('src/helpers/clients/'))
    expect(own).not.toEqual([])
    expect(own.filter(({ from }) => from.startsWith('src/helpers/budgets/')).map(told)).toEqual([])
  })

  test('nothing imports cli/ but itself, the scripts and the command', () => {
    const allowed = ['src/cli/', 'scripts/', 'bin/']
    const wrong = ours.filter(
      ({ file, from }) => from.startsWith('src/cli/') && !allowed.some((folder) => file.startsWith(folder)),
    )
    expect(wrong.map(told)).toEqual([])
  })

  test('only reports/ and cli/ write files, besides the caches of trees/ and the temporary copies of trials/', () => {
    const writing =
      /\b(?:appendFile|copyFile|cp|createWriteStream|mkdir|mkdtemp|open|rename|truncate|write|writeFile)(?:Sync)?\b/
    const writes = ours.filter(
      ({ file, from, names }) =>
        file.startsWith('src/') &&
        /^(?:node:)?fs(?:\/promises)?$/.test(from) &&
        (writing.test(names) || !names.startsWith('{')),
    )
    const wrong = writes.filter(({ file }) => !/^src\/(?:helpers\/(?:reports|trees|trials)|cli)\//.test(file))
    expect(writes).not.toEqual([])
    expect(wrong.map(told)).toEqual([])
  })

  test('specs import Vitest and the helpers, and nothing else', () => {
    const specs = importsOf('perf/*.test.ts')
    const allowed = ['vitest', 'src/helpers/index.ts']
    expect(specs).not.toEqual([])
    expect(specs.filter(({ from }) => !allowed.includes(from)).map(told)).toEqual([])
  })
})
