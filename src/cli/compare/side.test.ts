import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { nodePackage } from '../../helpers/trees/own-node.ts'
import { type TestFolder, testFolder } from '../../helpers/trees/test-folder.ts'
import { type Openers, openSides, requireComparable } from './side.ts'
import { parseTarget } from './target.ts'

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wiregauge-side-')))
  writeFileSync(path.join(folder, 'package.json'), '{}')
})
afterAll(() => rmSync(folder, { recursive: true }))

function openers(told: string[] = []): Openers {
  return {
    root: '/project',
    version: async (packages) => {
      const [[name = '', version = ''] = []] = Object.entries(packages)
      told.push(`${name}@${version}`)
      return { root: `/cache/${name}`, versions: { [name]: `${version}.0` }, lockDigest: '' }
    },
    checkout: async (ref) => {
      told.push(ref)
      return { root: `/checkouts/${ref}`, commit: ref }
    },
  }
}

/** A project with a package of Node. */
function withNode(version: string): TestFolder {
  const tree = testFolder()
  tree.write('package.json', {})
  tree.write(`node_modules/${nodePackage(process.platform, process.arch)}/package.json`, { version })
  return tree
}

const sidesOf = (base: string, head?: string, told?: string[]) =>
  openSides(parseTarget(base), parseTarget(head), openers(told))

describe('the sides of a comparison', () => {
  test('a version has its own packages and the adapters of the project', async () => {
    const { base, head } = await sidesOf('axios@1.20', 'axios@1.21')
    expect(base).toEqual({
      name: 'axios@1.20',
      tree: '/cache/axios',
      code: '/project',
      library: { name: 'axios', version: '1.20.0' },
    })
    expect(head.library).toEqual({ name: 'axios', version: '1.21.0' })
  })

  test('without a head it is the working tree', async () => {
    const { head } = await sidesOf('axios@1.20')
    expect(head).toEqual({ name: 'working tree', tree: '/project', code: '/project' })
  })

  test('a version runs under the adapters of the tree on the other side', async () => {
    expect((await sidesOf('axios@1.20', folder)).base.code).toBe(folder)
  })

  test('a ref and a folder have their own packages and adapters', async () => {
    const { base, head } = await sidesOf('main', folder)
    expect(base).toEqual({ name: 'main', tree: '/checkouts/main', code: '/checkouts/main' })
    expect(head).toEqual({ name: folder, tree: folder, code: folder })
  })

  test('a Node runs the packages and adapters of the other side', async () => {
    const { base } = await sidesOf('node@24.21', folder)
    expect(base).toMatchObject({ tree: folder, code: folder, node: { version: '24.21.0' } })
    expect(base.node?.execPath).toContain(path.join('node_modules', nodePackage(process.platform, process.arch), 'bin'))
  })

  test('two versions of Node run the working tree', async () => {
    const { base, head } = await sidesOf('node@24.21', 'node@26.10')
    expect([base.tree, head.tree, base.code]).toEqual(['/project', '/project', '/project'])
  })

  test('trees that pin different versions of Node run on their own', async () => {
    using before = withNode('26.9.0')
    using after = withNode('26.10.0')
    const { base, head } = await sidesOf(before.root, after.root)
    expect([base.node?.version, head.node?.version]).toEqual(['26.9.0', '26.10.0'])
    expect(base.node?.execPath.startsWith(before.root)).toBe(true)
    expect(head.node?.execPath.startsWith(after.root)).toBe(true)
  })

  test('trees that pin the same Node, or of which one pins none, share the one that runs this', async () => {
    using before = withNode('26.10.0')
    using after = withNode('26.10.0')
    for (const sides of [await sidesOf(before.root, after.root), await sidesOf(folder, after.root)]) {
      expect([sides.base.node, sides.head.node]).toEqual([undefined, undefined])
    }
  })

  test('a folder that is no project is told before anything is installed', async () => {
    const told: string[] = []
    await expect(sidesOf('./nowhere', 'axios@1.20', told)).rejects.toThrow(
      new UsageError('./nowhere has no package.json; expected the folder of a project'),
    )
    expect(told).toEqual([])
  })

  test.each([
    ['axios@1.20.0', 'undici@8.0.0', 'axios and --head one of undici'],
    ['node@24.0.0', 'axios@1.20.0', 'node and --head one of axios'],
  ])('versions of two packages are none: %s and %s', (base, head, problem) => {
    expect(() => requireComparable(parseTarget(base), parseTarget(head))).toThrow(problem)
  })
})
