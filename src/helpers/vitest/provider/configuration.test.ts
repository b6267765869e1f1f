import { expect, test } from 'vitest'
import { configuration, differingSetting } from './configuration.ts'

test('the configuration of a worker is that of its project, with Node and its flags', () => {
  const settings = JSON.parse(configuration())
  expect(settings).toMatchObject({ name: 'unit', node: process.version, flags: process.execArgv })
  expect(settings).not.toHaveProperty('testNamePattern')
})

test('the first setting that differs is named', () => {
  expect(differingSetting(configuration(), configuration())).toBeUndefined()
  expect(differingSetting('{"globals":true,"root":"/a"}', '{"globals":true,"root":"/b"}')).toBe('root')
  expect(differingSetting('{}', '{"globals":true}')).toBe('globals')
})
