import { existsSync, lstatSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lendSettings } from './project-settings.ts'
import { testFolder } from './test-folder.ts'

test('the settings of a project hold elsewhere until disposal, and are not copied', () => {
  using project = testFolder()
  using other = testFolder()
  project.write('.npmrc', 'registry=http://127.0.0.1:1')
  const here = path.join(other.root, '.npmrc')
  {
    using _ = lendSettings(project.root, other.root)
    expect(readFileSync(here, 'utf8')).toBe('registry=http://127.0.0.1:1')
    expect(lstatSync(here).isSymbolicLink()).toBe(process.platform !== 'win32')
  }
  expect(existsSync(here)).toBe(false)
  expect(existsSync(path.join(project.root, '.npmrc'))).toBe(true)
})

test('a folder keeps its own settings', () => {
  using project = testFolder()
  using other = testFolder()
  project.write('.npmrc', 'a=1')
  const own = other.write('.npmrc', 'a=2')
  {
    using _ = lendSettings(project.root, other.root)
  }
  expect(readFileSync(own, 'utf8')).toBe('a=2')
})

test('a project without settings lends none', () => {
  using project = testFolder()
  using other = testFolder()
  using _ = lendSettings(project.root, other.root)
  expect(existsSync(path.join(other.root, '.npmrc'))).toBe(false)
})
