import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { siblingModule } from './sibling-module.ts'

test('a module is addressed by the extension of the one that asks', () => {
  expect(siblingModule('file:///checkout/src/helpers/targets/target.ts', './target-thread').href).toBe(
    'file:///checkout/src/helpers/targets/target-thread.ts',
  )
  expect(siblingModule('file:///a/node_modules/wiregauge/dist/cli/specs/collect.js', '../unexpected').href).toBe(
    'file:///a/node_modules/wiregauge/dist/cli/unexpected.js',
  )
})

test('what comes behind the address of the one that asks is none of the extension', () => {
  expect(siblingModule('file:///a/dist/target.js?v=1.ts#x.ts', './target-thread').href).toBe(
    'file:///a/dist/target-thread.js',
  )
})

test('from here it leads to a module that is there', () => {
  expect(existsSync(siblingModule(import.meta.url, './measure/child'))).toBe(true)
})
