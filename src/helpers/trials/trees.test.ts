import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTrialTree } from './trees.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'wiregauge-trees-'))
  vi.stubEnv('TMPDIR', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('a tree holds the packages in a folder that tells whose it is, and is removed when it is disposed of', () => {
  {
    using tree = openTrialTree(project, ['node-fetch'])
    expect(tree.root.startsWith(path.join(folder, `wiregauge-trial-${process.pid}-`))).toBe(true)
    expect(existsSync(path.join(tree.root, 'node_modules', 'node-fetch', 'package.json'))).toBe(true)
  }
  expect(readdirSync(folder)).toEqual([])
})

test('trees of processes that were killed are removed when another one is opened, and no others', () => {
  const { pid: gone } = spawnSync(process.execPath, ['--version'])
  const others = [`wiregauge-trial-${process.ppid}-abc123`, 'wiregauge-trial-notes', 'wiregauge-trees-1']
  for (const name of [`wiregauge-trial-${gone}-abc123`, ...others]) {
    mkdirSync(path.join(folder, name, 'node_modules'), { recursive: true })
  }
  using tree = openTrialTree(project, ['node-fetch'])
  expect(readdirSync(folder).sort()).toEqual([...others, path.basename(tree.root)].sort())
})
