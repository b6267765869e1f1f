import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { publicModules } from './public-modules.ts'

const root = path.resolve(import.meta.dirname, '../..')

test('a public module is what is exported from dist/, and data is none', () => {
  const exports = {
    '.': { types: './dist/helpers/index.d.ts', default: './dist/helpers/index.js' },
    './vitest/setup': './dist/helpers/vitest/setup.js',
    './budgets.schema.json': './dist/helpers/budgets/budgets.schema.json',
    './package.json': './package.json',
  }
  expect(publicModules({ name: 'wiregauge', exports })).toEqual([
    { specifier: 'wiregauge', source: 'src/helpers/index.ts' },
    { specifier: 'wiregauge/vitest/setup', source: 'src/helpers/vitest/setup.ts' },
  ])
})

test('every public module of this package has a source', () => {
  const modules = publicModules(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))
  expect(modules.map(({ specifier }) => specifier)).toContain('wiregauge')
  expect(modules.filter(({ source }) => !existsSync(path.join(root, source)))).toEqual([])
})
