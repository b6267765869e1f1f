// @module-tag wide
import { existsSync, readFileSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { projectAt } from '../trees/project.ts'
import { testFolder } from '../trees/test-folder.ts'
import { testRepository, writeProject } from '../trees/test-repository.ts'
import { OwnReference, type OwnReferenceOptions, type Prepare } from './own-reference.ts'

// npm takes a second or two to start where other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 })

/** A repository whose branch `work`, which is checked out, left `main` when `src/api.js` said 1. */
function stage() {
  const repository = testRepository()
  const outside = testFolder()
  const stack = new DisposableStack()
  stack.use(repository)
  stack.use(outside)
  writeProject(repository, '', 'local')
  repository.write('.gitignore', 'node_modules\ndist\n')
  repository.write('local/index.js', 'export const local = 1\n')
  repository.write('src/api.js', 'export const api = 1\n')
  const id = repository.commit('first')
  repository.git('checkout', '--quiet', '-b', 'work')
  const said: string[] = []
  const prepared: string[] = []
  const prepare: Prepare = async (work) => {
    prepared.push('prepared')
    return await work()
  }
  const opened = (options: Partial<OwnReferenceOptions> = {}) => {
    const all = {
      base: 'main',
      say: (message: string) => void said.push(message),
      cache: path.join(outside.root, 'cache'),
    }
    const reference = new OwnReference(projectAt(repository.root), { ...all, ...options })
    return (library = './src/api.js', signal = new AbortController().signal) =>
      reference.pairOf(library, signal, prepare)
  }
  return { repository, outside, id, said, prepared, opened, [Symbol.dispose]: () => stack.dispose() }
}

describe('the reference of own code', () => {
  test('is the merge base with its packages, prepared once for all that ask', async () => {
    using at = stage()
    at.repository.write('src/api.js', 'export const api = 2\n')
    at.repository.commit('second')
    const pairOf = at.opened()
    const [one, other] = await Promise.all([pairOf(), pairOf()])
    expect(one).toMatchObject({ state: 'there', sameCode: false })
    expect(other).toBe(one)
    expect(at.prepared).toEqual(['prepared'])
    const tree = one.state === 'there' ? one.tree : ''
    expect(readFileSync(path.join(tree, 'src/api.js'), 'utf8')).toBe('export const api = 1\n')
    expect(existsSync(path.join(tree, 'node_modules/local/index.js'))).toBe(true)
    const short = at.id.slice(0, 12)
    expect(at.said).toEqual([
      `own code is compared with the merge base with main (${short})`,
      `checking out the merge base with main (${short})`,
      'installing the packages of the merge base with main',
    ])
  })

  test('is the same code on the branch itself, until something is changed that is not committed', async () => {
    using at = stage()
    at.repository.git('checkout', '--quiet', 'main')
    expect(await at.opened()()).toMatchObject({ state: 'there', sameCode: true })
    at.repository.write('src/api.js', 'export const api = 2\n')
    expect(await at.opened()()).toMatchObject({ state: 'there', sameCode: false })
  })

  test('is told to lack what a script wrote into a package of the same version', async () => {
    using at = stage()
    at.repository.write('src/api.js', "import 'tool'\n")
    at.repository.write('.gitignore', 'local/node_modules\ndist\n')
    const write = (version: string, text: string): void => {
      at.repository.write('node_modules/tool/package.json', { name: 'tool', version, main: 'index.js' })
      at.repository.write('node_modules/tool/index.js', text)
    }
    write('1.0.0', '')
    at.repository.git('add', '--all', '--force')
    at.repository.commit('with a package')
    // In the place of what npm installs there.
    const build = 'mkdir -p node_modules/tool && cp kept/* node_modules/tool'
    at.repository.write('kept/package.json', { name: 'tool', version: '1.0.0', main: 'index.js' })
    at.repository.write('kept/index.js', '')
    at.repository.commit('what is installed')
    const pairOf = () => at.opened({ base: 'work', build })()
    at.said.length = 0
    write('1.0.0', 'patched()')
    expect(await pairOf()).toMatchObject({ sameCode: false })
    expect(at.said.at(-1)).toMatch(
      /^\.\/src\/api\.js counts as changed: tool 1\.0\.0 has other contents here than the merge base with work \(\w{12}\) has under/,
    )
    expect(at.said.at(-1)).toContain(`"build":"npx patch-package && ${build}"`)
    at.said.length = 0
    write('1.0.1', 'other()')
    expect(await pairOf()).toMatchObject({ sameCode: false })
    expect(at.said.filter((message) => message.includes('other contents'))).toEqual([])
  })

  test('is what is built of it', async () => {
    using at = stage()
    at.repository.write('dist/api.js', 'export const api = 1\n')
    const pairOf = at.opened({ build: 'mkdir dist && cp src/api.js dist/api.js' })
    expect(await pairOf('./dist/api.js')).toMatchObject({ state: 'there', sameCode: true })
    at.repository.write('dist/api.js', 'export const api = 2\n')
    const again = at.opened({ build: 'mkdir dist && cp src/api.js dist/api.js' })
    expect(await again('./dist/api.js')).toMatchObject({ state: 'there', sameCode: false })
  })

  test('is that of another branch where one is named for the run, and it is told by whom', async () => {
    using at = stage()
    at.repository.git('branch', '--quiet', 'develop')
    await at.opened({ named: { branch: 'develop', namedBy: 'GITHUB_BASE_REF' } })()
    expect(at.said[0]).toBe(
      `own code is compared with the merge base with develop (${at.id.slice(0, 12)}), as GITHUB_BASE_REF says`,
    )
  })

  test('has no library that is new', async () => {
    using at = stage()
    at.repository.write('src/new.js', '')
    expect(await at.opened()('./src/new.js')).toEqual({
      state: 'new',
      base: `the merge base with main (${at.id.slice(0, 12)})`,
    })
  })

  test('that was given up can be asked for again', async () => {
    using at = stage()
    const pairOf = at.opened()
    const controller = new AbortController()
    const given = pairOf('./src/api.js', controller.signal)
    controller.abort()
    await expect(given).rejects.toThrow()
    expect(await pairOf()).toMatchObject({ sameCode: true })
  })
})

describe('the reference of own code is refused', () => {
  test('where the project itself does not have the library, which may have to be built', async () => {
    using at = stage()
    await expect(at.opened({ build: 'true' })('./dist/api.js')).rejects.toThrow(
      new UsageError(`./dist/api.js is not there in ${at.repository.root}; build the project first: true`),
    )
  })

  test('where the library is older than its source, until it is built', async () => {
    using at = stage()
    at.repository.write('dist/api.js', 'export const api = 1\n')
    const build = 'mkdir -p dist && cp src/api.js dist/api.js'
    at.repository.write('src/api.js', 'export const api = 2\n')
    const agoS = (file: string, seconds: number): void => {
      const time = Date.now() / 1e3 - seconds
      utimesSync(path.join(at.repository.root, file), time, time)
    }
    for (const file of ['package.json', 'package-lock.json', 'local/package.json', 'local/index.js']) agoS(file, 90)
    agoS('dist/api.js', 60)
    agoS('src/api.js', 30)
    await expect(at.opened({ build })('./dist/api.js')).rejects.toThrow(
      new UsageError(
        'src/api.js is newer than ./dist/api.js, which is built, so that what is compared would not be what stands there; ' +
          `build the project first: ${build}. If that leaves all files of dist as they are, remove dist before.`,
      ),
    )
    // Another file of the build is newer: it leaves alone what need not be made again.
    at.repository.write('dist/other.js', '')
    expect(await at.opened({ build })('./dist/api.js')).toMatchObject({ sameCode: true })
    agoS('dist/other.js', 60)
    at.repository.write('src/new.js', '')
    await expect(at.opened({ build })('./dist/api.js')).rejects.toThrow('src/new.js is newer than ./dist/api.js')
    // What git keeps has no age.
    expect(await at.opened({ build })('./src/api.js')).toMatchObject({ sameCode: false })
  })

  test('not for tests, specs, prose, types and settings that are newer than what is built', async () => {
    using at = stage()
    at.repository.write('dist/api.js', 'export const api = 1\n')
    for (const file of ['src/api.js', 'package.json', 'package-lock.json', 'local/package.json', 'local/index.js']) {
      utimesSync(path.join(at.repository.root, file), 1, 1)
    }
    utimesSync(path.join(at.repository.root, 'dist/api.js'), 2, 2)
    const others = ['perf/api.ts', 'reports/a.json', 'src/api.test.js', 'test/a.js', 'README.md', 'a.d.ts', '.ci/a.yml']
    for (const file of others) at.repository.write(file, '')
    const build = 'mkdir dist && cp src/api.js dist/api.js'
    expect(await at.opened({ build })('./dist/api.js')).toMatchObject({ sameCode: true })
  })

  test('where the library is built, and nobody says how', async () => {
    using at = stage()
    at.repository.write('dist/api.js', '')
    await expect(at.opened()('./dist/api.js')).rejects.toThrow(
      new UsageError(
        'git ignores ./dist/api.js, so that no commit has it; if it is built, say how in perf/budgets.json: "reference": ' +
          '{ "base": "main", "build": "npm run build" }',
      ),
    )
  })

  test('where the merge base has no lock', async () => {
    using at = stage()
    at.repository.git('rm', '--quiet', 'package-lock.json')
    at.repository.commit('without')
    await expect(at.opened({ base: 'work' })()).rejects.toThrow(
      /^the merge base with work \(\w{12}\) has no package-lock\.json, pnpm-lock\.yaml or yarn\.lock/,
    )
  })

  test('where its build fails, for all that ask and built once', async () => {
    using at = stage()
    const pairOf = at.opened({ build: 'echo no; exit 1' })
    for (const _ of [1, 2]) {
      await expect(pairOf()).rejects.toThrow(
        /^the merge base with main cannot be built, .* exited with code 1:\n {2}no\n/,
      )
    }
    expect(at.said.filter((message) => message.startsWith('building'))).toHaveLength(1)
  })

  test('in a cache from which Node loads no TypeScript', async () => {
    using at = stage()
    const cache = path.join(at.repository.root, 'node_modules/.cache')
    await expect(at.opened({ cache })()).rejects.toThrow(
      new UsageError(
        `the cache folder ${cache} lies in node_modules, where Node loads no TypeScript; set WIREGAUGE_CACHE to another folder`,
      ),
    )
  })
})
