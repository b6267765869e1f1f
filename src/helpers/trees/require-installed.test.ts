import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { axios } from '../clients/axios.ts'
import { requireInstalled } from './require-installed.ts'
import { type TestFolder, testFolder } from './test-folder.ts'

const version = (text: string) => ({ version: text })

/** A project whose client over `library` imports `agent`, which needs `deep`; all installed as the lock says. */
function project(): TestFolder {
  const tree = testFolder()
  tree.write('client.ts', "import 'agent'\nexport const own = 1\n")
  tree.write('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      'node_modules/library': version('8.5.0'),
      'node_modules/agent': { ...version('1.0.0'), dependencies: { deep: '*', local: '*', fsevents: '*', peer: '*' } },
      'node_modules/agent/node_modules/deep': version('2.0.0'),
      'node_modules/local': { link: true, resolved: 'local' },
      local: version('1.0.0'),
      'node_modules/fsevents': { ...version('2.3.3'), optional: true },
      'node_modules/peer': { ...version('3.0.0'), peer: true },
      'node_modules/vitest': version('5.1.1'),
    },
  })
  tree.write('node_modules/library/package.json', version('8.5.0'))
  tree.write('node_modules/agent/package.json', version('1.0.0'))
  tree.write('node_modules/agent/node_modules/deep/package.json', version('2.0.0'))
  return tree
}

const clientIn = ({ root }: TestFolder) => ({
  ...axios,
  module: pathToFileURL(`${root}/client.ts`).href,
  exportName: 'own',
  library: 'library',
})

test('a tree with what its clients need by the lock is measured, whatever else it lacks', async () => {
  using tree = project()
  await expect(requireInstalled(tree.root, [clientIn(tree)])).resolves.toBeUndefined()
})

test.each([
  ['library', 'node_modules/library', '8.5.0 and is 8.4.1'],
  ['package that its code needs', 'node_modules/agent/node_modules/deep', '2.0.0 and is 8.4.1'],
  ['optional package', 'node_modules/fsevents', '2.3.3 and is 8.4.1'],
])('a %s in another version than the lock has is told, with what to do', async (_, place, difference) => {
  using tree = project()
  tree.write(`${place}/package.json`, version('8.4.1'))
  const asked = requireInstalled(tree.root, [clientIn(tree)])
  await expect(asked).rejects.toThrow(UsageError)
  await expect(asked).rejects.toThrow(
    `what is installed in ${tree.root} is not what its package-lock.json says: ${place} should be ${difference}. Run \`npm ci\` there.`,
  )
})

test('a client from elsewhere counts by its library, and so does one whose module is not there', async () => {
  using tree = project()
  tree.write('node_modules/agent/package.json', version('0.9.0'))
  const gone = { ...clientIn(tree), module: pathToFileURL(`${tree.root}/gone.ts`).href }
  await requireInstalled(tree.root, [{ ...axios, library: 'library' }, gone])
  tree.write('node_modules/library/package.json', version('8.4.1'))
  for (const client of [{ ...axios, library: 'library' }, gone]) {
    await expect(requireInstalled(tree.root, [client])).rejects.toThrow('8.5.0 and is 8.4.1')
  }
})

test('a tree without a lock has nothing to be held against', async () => {
  using tree = testFolder()
  await requireInstalled(tree.root, [axios])
})
