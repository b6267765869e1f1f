import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { moduleGraph } from './module-graph.ts'
import { testFolder, writeFiles } from './test-folder.ts'

const here = path.resolve(import.meta.dirname, '../../..')

/** The graph of `a.ts` among other files. */
async function graphOf(files: Readonly<Record<string, string>>) {
  using folder = testFolder()
  writeFiles(folder, files)
  return await moduleGraph(path.join(folder.root, 'a.ts'), folder.root)
}

describe('the graph of a module', () => {
  test('of this project has the shared files of a client, and no types', async () => {
    expect(await moduleGraph(path.join(here, 'src/helpers/clients/axios.ts'), here)).toEqual({
      files: [
        'src/helpers/clients/axios-config.ts',
        'src/helpers/clients/axios.ts',
        'src/helpers/clients/contract.ts',
        'src/helpers/clients/node-agent.ts',
      ],
      packages: [],
    })
  })

  test('of a client that comes with Node has no packages', async () => {
    const { files, packages } = await moduleGraph(path.join(here, 'src/helpers/clients/fetch.ts'), here)
    expect(files).toContain('src/helpers/clients/fetch.ts')
    expect(files).toContain('src/helpers/clients/node-dispatcher.ts')
    expect(packages).toEqual([])
  })

  test.each([
    ['import', "import './b.ts'"],
    ['import with names', "import { b } from './b.ts'"],
    ['import of a type among names, which runs as import of none', "import { type B } from './b.ts'"],
    ['export from', "export { b } from './b.ts'"],
    ['export of all', "export * from './b.ts'"],
    ['dynamic import', "const load = async () => await import('./b.ts')"],
    ['dynamic import of a template', 'const load = async () => await import(`./b.ts`)'],
    ['require', "const b = require('./b.ts')"],
    ['address of a worker', "new Worker(new URL('./b.ts', import.meta.url))"],
  ])('follows %s', async (_, text) => {
    expect((await graphOf({ 'a.ts': text, 'b.ts': "import './c.mjs'", 'c.mjs': '' })).files).toEqual([
      'a.ts',
      'b.ts',
      'c.mjs',
    ])
  })

  test.each([
    ['import of types', "import type { B } from './b.ts'"],
    ['export of types', "export type { B } from './b.ts'"],
    ['type of an import', "type B = typeof import('./b.ts')"],
    ['import in a comment', "// import './b.ts'"],
    ['import in a text', 'const text = "import \'./b.ts\'"'],
    ['computed import', "const load = (name: string) => import('./' + name)"],
    ['address of a folder', "new URL('.', import.meta.url)"],
    ['address from elsewhere', "new URL('./b.ts', origin)"],
  ])('does not follow %s', async (_, text) => {
    expect((await graphOf({ 'a.ts': text, 'b.ts': '' })).files).toEqual(['a.ts'])
  })

  test('has names of packages, without the paths in them', async () => {
    const text = [
      'undici',
      '@s/p/lib/x.js',
      'axios/unsafe/core.js',
      'node:fs',
      'fs',
      'fs/promises',
      '#inner',
      'data:,1',
    ]
    const imports = text.map((from) => `import '${from}'`).join('\n')
    expect((await graphOf({ 'a.ts': imports })).packages).toEqual(['@s/p', 'axios', 'undici'])
  })

  test('takes a file of an installed package for that package', async () => {
    const text = "import './node_modules/a/node_modules/@s/p/x.js'\nimport './node_modules/b/y.js'"
    expect(await graphOf({ 'a.ts': text, 'node_modules/b/y.js': "import './z.js'" })).toEqual({
      files: ['a.ts'],
      packages: ['@s/p', 'b'],
    })
  })

  test('goes on beside the root, and names what lies there by the path from it', async () => {
    using folder = testFolder()
    folder.write('outside.ts', "import './shared/deep.ts'\nimport './node_modules/undici/index.js'")
    folder.write('shared/deep.ts', "import 'axios'")
    folder.write('node_modules/undici/index.js', '')
    const entry = folder.write('root/a.ts', "import '../outside.ts'\nimport './..b.ts'")
    folder.write('root/..b.ts', '')
    expect(await moduleGraph(entry, path.join(folder.root, 'root'))).toEqual({
      files: ['../outside.ts', '../shared/deep.ts', '..b.ts', 'a.ts'],
      packages: ['axios', 'undici'],
    })
  })

  test('is the same through a link', async () => {
    using folder = testFolder()
    folder.write('real/a.ts', "import './b.ts'")
    folder.write('real/b.ts', '')
    const link = path.join(folder.root, 'link')
    symlinkSync('real', link, 'dir')
    expect((await moduleGraph(path.join(link, 'a.ts'), link)).files).toEqual(['a.ts', 'b.ts'])
  })

  test('goes on at files that are missing, broken, of data, and imported in a circle', async () => {
    const text = "import './gone.ts'\nimport './broken.ts'\nimport './data.json' with { type: 'json' }\nimport './b.ts'"
    const files = { 'a.ts': text, 'broken.ts': 'export const = ;', 'data.json': '{}', 'b.ts': "import './a.ts'" }
    expect((await graphOf(files)).files).toEqual(['a.ts', 'b.ts', 'broken.ts', 'data.json', 'gone.ts'])
  })

  test('of a module that is not there is a usage error', async () => {
    await expect(moduleGraph(path.join(here, 'no-such.ts'), here)).rejects.toThrow(UsageError)
  })
})
