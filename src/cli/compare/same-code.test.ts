import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { testFolder, writeFiles } from '../../helpers/trees/test-folder.ts'
import { haveSameCode } from './same-code.ts'

const tree: Readonly<Record<string, string | object>> = {
  'package.json': {},
  'client.ts': "import { pool } from './pool.ts'\nexport const client = pool\n",
  'pool.ts': "import { Pool } from 'library'\nexport const pool = (): Pool => new Pool()\n",
  'node_modules/library/package.json': { name: 'library', version: '1.0.0', dependencies: { below: '*' } },
  'node_modules/library/index.js': 'exports.Pool = class {}',
  'node_modules/below/package.json': { name: 'below', version: '1.0.0' },
}

test.each<[string, Readonly<Record<string, string | object>>, boolean]>([
  ['copies', {}, true],
  ['one with a comment more', { 'pool.ts': `// why\n${tree['pool.ts']}` }, true],
  ['one with a file that nothing loads', { 'other.ts': 'export const other = 1' }, true],
  ['one that runs something else', { 'pool.ts': 'export const pool = 1' }, false],
  ['one whose adapter needs another version', { 'node_modules/library/index.js': 'exports.Pool = 1' }, false],
  ['one with another version below that', { 'node_modules/below/package.json': { version: '2.0.0' } }, false],
])('a module has the same code in %s: %s', async (_, changes, expected) => {
  using base = testFolder()
  using head = testFolder()
  writeFiles(base, tree)
  writeFiles(head, { ...tree, ...changes })
  const [one = '', other = ''] = [base, head].map(({ root }) => pathToFileURL(`${root}/client.ts`).href)
  expect(await haveSameCode(one, other, base.root, head.root)).toBe(expected)
})
