import { rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Client } from '../clients/contract.ts'
import { clients as ownClients } from '../clients/list.ts'
import { type TestFolder, testFolder } from './test-folder.ts'
import { whatChanged } from './what-changed.ts'

type Files = Readonly<Record<string, string | object | undefined>>

const lockOf = (redirects: string, more: object = {}) => ({
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/axios': { version: '1.20.0', dependencies: { 'follow-redirects': '*' } },
    'node_modules/follow-redirects': { version: redirects, integrity: `sha512-${redirects}` },
    'node_modules/undici': { version: '8.12.3', integrity: 'sha512-u' },
    'node_modules/vitest': { version: '5.1.1' },
    ...more,
  },
})

const project: Files = {
  'package-lock.json': lockOf('1.15.9'),
  'clients/contract.ts': 'export interface Client {}\nexport const define = (client: object) => client\n',
  'clients/axios.ts': "import { define } from './contract.ts'\nexport const axios = define({})\n",
  'clients/fetch.ts': "import { define } from './contract.ts'\nexport const fetchClient = define({})\n",
  'clients/over.ts': "import { transport } from '../transports/undici.ts'\nexport const over = { transport }\n",
  'transports/undici.ts': "import { Pool } from 'undici'\nexport const transport = (): Pool => new Pool('')\n",
  'clients/local.ts': 'export const local = {}\n',
  'lib/local.js': "import 'undici'\nimport './inner.js'\n",
  'lib/inner.js': '',
  'README.md': 'Read me.\n',
}

/** What changes when some files become others; undefined removes one. Each client's reasons by its name. */
async function changed(
  before: Files,
  after: Files,
  prepare: (tree: TestFolder) => void = () => {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  using base = testFolder()
  using head = testFolder()
  for (const [tree, changes] of [[base, before] as const, [head, { ...before, ...after }] as const]) {
    for (const [file, content] of Object.entries({ ...project, ...changes })) {
      if (content !== undefined) tree.write(file, content)
    }
    prepare(tree)
  }
  const client = (name: string, exportName: string, library?: string): Client => ({
    name,
    league: 'equalised',
    module: pathToFileURL(path.join(head.root, 'clients', `${name}.ts`)).href,
    exportName,
    ...(library === undefined ? {} : { library }),
    open: () => {
      throw new Error('nothing is opened')
    },
  })
  const clients = [
    client('axios', 'axios', 'axios'),
    client('fetch', 'fetchClient'),
    client('over', 'over', 'axios'),
    client('local', 'local', './lib/local.js'),
  ]
  const found = await whatChanged(base.root, head.root, clients)
  return Object.fromEntries(found.map(({ client: { name }, because }) => [name, because]))
}

describe('what changed between two trees', () => {
  test('is nothing when neither packages nor loaded code did', async () => {
    expect(await changed({}, {})).toEqual({})
    expect(
      await changed({}, { 'README.md': 'Other.', 'clients/axios.test.ts': 'new', 'clients/other.ts': 'new' }),
    ).toEqual({})
  })

  test('is not the version of a package that no client needs', async () => {
    const lock = lockOf('1.15.9', { 'node_modules/vitest': { version: '5.2.0' } })
    expect(await changed({}, { 'package-lock.json': lock })).toEqual({})
  })

  test('is not a comment, a type or a line end', async () => {
    const contract =
      '/** What a client is. */\r\nexport interface Client { name: string }\r\nexport const define = (client: unknown) => client\r\n'
    expect(await changed({}, { 'clients/contract.ts': contract })).toEqual({})
  })

  test('is a package that the library needs, for the clients of that library', async () => {
    const because = ['follow-redirects 1.15.9 → 1.15.11']
    expect(await changed({}, { 'package-lock.json': lockOf('1.15.11') })).toEqual({ axios: because, over: because })
  })

  test('is a package that the code imports', async () => {
    const lock = lockOf('1.15.9', { 'node_modules/undici': { version: '8.12.4', integrity: 'sha512-v' } })
    expect(await changed({}, { 'package-lock.json': lock })).toEqual({
      over: ['undici 8.12.3 → 8.12.4'],
      local: ['undici 8.12.3 → 8.12.4'],
    })
  })

  test('is another content of the same version, a package more and a package less', async () => {
    const axios = (needed: object, integrity: string) => ({
      'node_modules/axios': { version: '1.20.0', dependencies: needed, integrity },
      'node_modules/more': { version: '2.0.0' },
    })
    const before = { 'package-lock.json': lockOf('1.15.9', axios({ 'follow-redirects': '*' }, 'sha512-a')) }
    const after = { 'package-lock.json': lockOf('1.15.9', axios({ more: '*' }, 'sha512-b')) }
    expect((await changed(before, after))['axios']).toEqual([
      'axios 1.20.0 with other contents',
      'follow-redirects 1.15.9 removed',
      'more 2.0.0 added',
    ])
  })

  test('is the adapter, for its client alone', async () => {
    const adapter = "import { define } from './contract.ts'\nexport const axios = define({ name: 'axios' })\n"
    expect(await changed({}, { 'clients/axios.ts': adapter })).toEqual({ axios: ['clients/axios.ts changed'] })
  })

  test('is what adapters share, for all that load it', async () => {
    const because = ['clients/contract.ts changed']
    expect(await changed({}, { 'clients/contract.ts': 'export const define = () => {}\n' })).toEqual({
      axios: because,
      fetch: because,
    })
  })

  test('is a transport, and a file of the library in the project', async () => {
    expect(await changed({}, { 'transports/undici.ts': 'export const transport = 1\n', 'lib/inner.js': '1' })).toEqual({
      over: ['transports/undici.ts changed'],
      local: ['lib/inner.js changed'],
    })
  })

  test('is a file that is loaded anew, and one that is loaded no longer', async () => {
    const text = "import './agent.ts'\nexport const axios = {}\n"
    const agent = { 'clients/axios.ts': text, 'clients/agent.ts': '' }
    expect(await changed({}, agent)).toEqual({ axios: ['clients/agent.ts added', 'clients/axios.ts changed'] })
    expect(
      await changed(agent, { 'clients/axios.ts': 'export const axios = {}\n', 'clients/agent.ts': undefined }),
    ).toEqual({ axios: ['clients/agent.ts removed', 'clients/axios.ts changed'] })
  })

  test('is a file of the repository beside the project, also where one side does not have it', async () => {
    using base = testFolder()
    using head = testFolder()
    for (const [tree, text] of [[base, '1'] as const, [head, '2'] as const]) {
      tree.write('project/package-lock.json', { lockfileVersion: 3, packages: {} })
      tree.write('project/client.ts', "import '../shared/transport.ts'\nexport const own = 1\n")
      tree.write('shared/transport.ts', text)
    }
    const [axios] = ownClients
    if (axios === undefined) throw new Error('there are no clients')
    const { library: _, ...bare } = axios
    const module = pathToFileURL(path.join(head.root, 'project/client.ts')).href
    const because = async () => {
      const own = { ...bare, module, exportName: 'own' }
      const found = await whatChanged(path.join(base.root, 'project'), path.join(head.root, 'project'), [own])
      return found.flatMap((each) => each.because)
    }
    expect(await because()).toEqual(['../shared/transport.ts changed'])
    base.write('shared/transport.ts', '2')
    expect(await because()).toEqual([])
    rmSync(path.join(base.root, 'shared/transport.ts'))
    expect(await because()).toEqual(['../shared/transport.ts added'])
  })

  test('is a folder of the project that is installed as a package', async () => {
    const lock = lockOf('1.15.9', {
      'node_modules/axios': { version: '1.20.0', dependencies: { forked: '*' } },
      'node_modules/forked': { resolved: 'forked', link: true },
      forked: { version: '1.0.0' },
    })
    const before = { 'package-lock.json': lock, 'forked/index.js': '1' }
    expect((await changed(before, { 'forked/index.js': '2' }))['axios']).toEqual(['forked changed'])
    expect(await changed(before, {})).toEqual({})
  })

  test('is a client that the base does not have', async () => {
    expect(await changed({ 'clients/axios.ts': undefined }, { 'clients/axios.ts': 'export const axios = 1' })).toEqual({
      axios: ['only in head'],
    })
    expect(
      await changed({ 'clients/axios.ts': 'export const other = 1' }, { 'clients/axios.ts': 'export const axios = 1' }),
    ).toEqual({ axios: ['only in head'] })
  })

  test('is nothing between this project and itself, and none of its clients goes without a module', async () => {
    const root = path.resolve(import.meta.dirname, '../../..')
    expect(ownClients.length).toBeGreaterThan(0)
    expect(await whatChanged(root, root, ownClients)).toEqual([])
  })

  test.each(['pnpm-lock.yaml', 'yarn.lock'])('is, where %s is the lock, what is installed otherwise', async (lock) => {
    // As pnpm has it: what a package needs lies beside it, and both are reached by links.
    const store = 'node_modules/.pnpm/axios/node_modules'
    const installed = (version: string, redirects: string): Files => ({
      'package-lock.json': undefined,
      [lock]: '',
      'node_modules/undici/package.json': { version: '8.12.3' },
      [`${store}/axios/package.json`]: { version, dependencies: { 'follow-redirects': '*' } },
      [`${store}/follow-redirects/package.json`]: { version: redirects },
    })
    const linked = (tree: TestFolder) =>
      symlinkSync(path.join('.pnpm', 'axios', 'node_modules', 'axios'), path.join(tree.root, 'node_modules', 'axios'))
    const before = installed('1.20.0', '1.15.9')
    expect(await changed(before, {}, linked)).toEqual({})
    expect(await changed(before, installed('1.21.0', '1.15.9'), linked)).toEqual({
      axios: ['axios 1.20.0 → 1.21.0'],
      over: ['axios 1.20.0 → 1.21.0'],
    })
    const below = 'axios 1.20.0 with other contents, or other packages below it'
    expect(await changed(before, installed('1.20.0', '1.15.11'), linked)).toEqual({ axios: [below], over: [below] })
    expect(await changed(before, { 'node_modules/undici/package.json': undefined }, linked)).toMatchObject({
      local: ['undici 8.12.3 removed'],
    })
  })

  test('cannot be told without a lock, or with one that is none', async () => {
    await expect(changed({ 'package-lock.json': undefined }, {})).rejects.toThrow(
      /package-lock\.json is missing; what changed is read from the locks of both sides/,
    )
    await expect(changed({}, { 'package-lock.json': '{' })).rejects.toThrow(/package-lock\.json cannot be read: /)
    await expect(changed({}, { 'package-lock.json': { lockfileVersion: 1 } })).rejects.toThrow('has lockfileVersion 1')
  })

  test('of a client from elsewhere is what its library needs, and not what its module imports', async () => {
    using base = testFolder()
    using head = testFolder()
    base.write('package-lock.json', lockOf('1.15.9'))
    head.write('package-lock.json', lockOf('1.15.11'))
    const found = await whatChanged(base.root, head.root, ownClients)
    expect(found.map(({ client, because }) => `${client.name}: ${because}`)).toContain(
      'axios: follow-redirects 1.15.9 → 1.15.11',
    )
    expect(found.filter(({ client }) => client.library !== 'axios')).toEqual([])
  })
})
