import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { configOptions } from './config-options.ts'
import { readOptions, type Sources } from './read-options.ts'
import { computedName } from './syntax.ts'

const axiosFolder = path.dirname(createRequire(import.meta.url).resolve('axios/package.json'))

const installed: Sources = {
  textOf: (module) => (existsSync(module) ? readFileSync(module, 'utf8') : undefined),
  resolve: (specifier, from) => path.resolve(path.dirname(from), specifier),
}

const read = readOptions(installed, path.join(axiosFolder, 'lib/adapters/http.js'))

test('every option that the http adapter of the installed axios reads is supported or declared', () => {
  expect(read.length).toBeGreaterThan(30)
  expect(read.filter((option) => !(option in configOptions))).toEqual([])
})

test('no option is listed that axios no longer reads', () => {
  expect(Object.keys(configOptions).filter((option) => !read.includes(option))).toEqual([])
})

describe('an option is noticed however the adapter reads it', () => {
  const simulated = (modules: Readonly<Record<string, string>>): Sources => ({
    textOf: (module) => modules[module],
    resolve: (specifier) => specifier,
  })

  test.each([
    ['config.novel'],
    ['config?.novel'],
    ["config['novel']"],
    ['config?.["novel"]'],
    ['config[`novel`]'],
    ['config\n  .novel'],
    ["own('novel')"],
    ['own("novel")'],
    ['own(\n  `novel`,\n)'],
    ["utils.getSafeProp(config, 'novel')"],
    ["Object.hasOwn(config, 'novel')"],
    ["'novel' in config"],
    ['const { novel } = config'],
    ['let { novel } = config'],
    ['let { novel: other = 1 } = config'],
    ["const { 'novel': other } = config"],
    ['const { url, ...rest } = config; rest.novel'],
    ['let novel; ({ novel } = config)'],
    ['const newConfig = config; newConfig.novel'],
    ['let newConfig; newConfig = config; newConfig.novel'],
    ['const newConfig = { ...config }; newConfig.novel'],
    ['const newConfig = config || {}; newConfig.novel'],
    ['const newConfig = Object.assign({}, config); newConfig.novel'],
    ['const { novel } = resolveConfig(config)'],
    ['const newConfig = resolveConfig(config); newConfig.novel'],
    ['const response = { config }; settle(response)'],
    ['settle({ data: 1, config })'],
    ['within(1, config)'],
    ['unpacked(config)'],
    ['elsewhere(1, config)'],
    ['named(config)'],
  ])('%s', (statement) => {
    const adapter = `
      import resolveConfig from 'resolve-config'
      import settle from 'settle'
      import elsewhere from 'elsewhere'
      import { named as other, named } from 'named'
      function within(number, it) { ${statement.startsWith('within') ? 'return it.novel' : ''} }
      const unpacked = ({ ${statement.startsWith('unpacked') ? 'novel' : ''} }) => {}
      export default supported && function httpAdapter(config) {
        return new Promise(async () => {
          const own = (key) => utils.getSafeProp(config, key)
          ${statement}
        })
      }`
    const modules = {
      'adapter.js': adapter,
      'resolve-config': 'export default (config) => { const newConfig = merge({}, config); return newConfig }',
      settle: 'export default function settle(response) { return response.config.novel }',
      elsewhere: 'export default function elsewhere(number, given) { return given.novel }',
      named: 'export function named({ novel }) {}',
    }
    expect(readOptions(simulated(modules), 'adapter.js')).toContain('novel')
  })

  test('a name that is made when the code runs is told', () => {
    const modules = { 'adapter.js': 'export default function (config) { return config["x" + 1] }' }
    expect(readOptions(simulated(modules), 'adapter.js')).toEqual([computedName])
  })

  test('what is read of something else is no option', () => {
    const modules = { 'adapter.js': 'export default function (config) { const { a } = b; return c.d + config.e }' }
    expect(readOptions(simulated(modules), 'adapter.js')).toEqual(['e'])
  })
})
