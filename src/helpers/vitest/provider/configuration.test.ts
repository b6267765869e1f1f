import { expect, test } from 'vitest'
import { configuration, configurationProblem, handedOn, poolProblem } from './configuration.ts'

test('the configuration of a worker is that of its project, with Node and its flags', () => {
  const settings = JSON.parse(configuration())
  expect(settings).toMatchObject({ name: 'unit', node: process.version, execArgv: process.execArgv })
  expect(settings).not.toHaveProperty('testNamePattern')
})

test('the first setting that differs is named, with what to do', () => {
  expect(configurationProblem(configuration(), configuration())).toBeUndefined()
  expect(configurationProblem('{"globals":true,"root":"/a"}', '{"globals":true,"root":"/b"}')).toBe(
    'they came up with another `root`; if it is an option of the command line, write it into the configuration file, ' +
      'else name the file of this run in WIREGAUGE_VITEST_CONFIG',
  )
  expect(configurationProblem('{}', '{"globals":true}')).toContain('another `globals`')
})

test('what often comes from the command line is handed on', () => {
  expect(handedOn()).toEqual({ globals: false, mode: 'test', testTimeout: 5_000 })
  expect(handedOn({ globals: true, env: { MODE: 'staging' }, testTimeout: 0 })).toEqual({
    globals: true,
    mode: 'staging',
    testTimeout: 0,
  })
  expect(handedOn({ testTimeout: Number.POSITIVE_INFINITY })).toEqual({})
})

test.each(['vmForks', 'vmThreads'])('the pool %s has no fresh processes, and what to do is said', (pool) => {
  expect(poolProblem({ pool })).toBe(
    `the pool ${pool} runs code in a node:vm context and has none; set \`pool\` to "forks" for benchmarks`,
  )
})

test.each(['forks', 'threads'])('the pool %s may have fresh processes', (pool) => {
  expect(poolProblem({ pool })).toBeUndefined()
})
