import { describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { nodeOf, requireMeasuringNode } from './node-of.ts'

const arm = (name: string, execPath?: string) => ({ name, tree: '/tree', ...(execPath && { execPath }) })

describe('the Node of a measuring process', () => {
  test('is that of this process where no arm has one of its own', async () => {
    expect(await nodeOf({ arms: [arm('current'), arm('reference')] })).toBe(process.execPath)
  })

  test('cannot be two at once', async () => {
    await expect(nodeOf({ arms: [arm('head'), arm('base', '/other/node')] })).rejects.toThrow(
      new UsageError(
        `arms under ${process.execPath} and /other/node cannot share a process; give each arm a process of its own`,
      ),
    )
  })

  test('has to be there', async () => {
    await expect(nodeOf({ arms: [arm('base', '/nowhere/node')] })).rejects.toThrow(
      new UsageError('/nowhere/node does not run as Node: spawn /nowhere/node ENOENT. Give the path of a Node binary.'),
    )
  })

  test.each(['22.19.0', '23.9.0', '24.0.0', '26.10.0'])('can be %s', (version) => {
    expect(() => requireMeasuringNode(version, 'node')).not.toThrow()
  })

  test.each(['20.20.2', '22.18.0', '23.8.0'])('cannot be %s, and the message says which can', (version) => {
    expect(() => requireMeasuringNode(version, '/old/node')).toThrow(
      new UsageError(
        `/old/node is Node ${version}, which cannot run a measuring process: it has to be 22.19 or newer, of 23 at least ` +
          '23.9. Compare with a newer version.',
      ),
    )
  })
})
