// @module-tag wide
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import { isDiskFull, openCheckout } from './checkout.ts'
import { InstallInterruptedError } from './npm-error.ts'
import { stage } from './test-checkout.ts'
import { testFolder } from './test-folder.ts'
import { type TestRepository, writeProject } from './test-repository.ts'

// npm takes a second or two to start where other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 })

/** All that git and the user have in a repository, but for the times at which files were read. */
function stateOf({ root, git }: TestRepository): object {
  const files = readdirSync(path.join(root, '.git'), { recursive: true, encoding: 'utf8' }).sort()
  return {
    files,
    index: readFileSync(path.join(root, '.git', 'index')),
    refs: git('for-each-ref'),
    head: git('status'),
  }
}

const clientIn = (root: string): string => readFileSync(path.join(root, 'client.ts'), 'utf8')

describe('a checkout', () => {
  test('has the files of a commit, whatever `git archive` would leave out, and its packages', async () => {
    using at = stage()
    const before = stateOf(at.repository)
    const { root, commit } = await openCheckout(at.repository.root, 'HEAD~1', at.options)
    expect(commit).toBe(at.first)
    expect(clientIn(root)).toBe('export const client = 1\n')
    expect(existsSync(path.join(root, '.git'))).toBe(false)
    expect(root.startsWith(path.join(at.options.cache, 'checkouts', at.first))).toBe(true)
    expect(at.said).toEqual([`checking out HEAD~1 (${at.first.slice(0, 12)})`, 'installing the packages of HEAD~1'])
    expect(stateOf(at.repository)).toEqual(before)
    expect(readdirSync(path.join(at.options.cache, 'temporary'))).toEqual([])
  })

  test('leaves alone what is changed and staged in the working tree', async () => {
    using at = stage()
    at.repository.write('client.ts', 'staged')
    at.repository.git('add', 'client.ts')
    at.repository.write('client.ts', 'changed')
    const before = stateOf(at.repository)
    const { root } = await openCheckout(at.repository.root, 'main', at.options)
    expect(clientIn(root)).toBe('export const client = 2\n')
    expect(stateOf(at.repository)).toEqual(before)
    expect(clientIn(at.repository.root)).toBe('changed')
  })

  test('is made once a commit, by whatever name it is asked for', async () => {
    using at = stage()
    const { root } = await openCheckout(at.repository.root, 'v1', at.options)
    at.said.length = 0
    for (const ref of [at.first, at.first.slice(0, 8), 'HEAD~1', 'tags/v1']) {
      expect(await openCheckout(at.repository.root, ref, at.options)).toEqual({ root, commit: at.first })
    }
    expect(at.said).toEqual([])
  })

  test('installs the packages of its lock, and runs no scripts', async () => {
    using at = stage()
    at.repository.write('local/package.json', { name: 'local', scripts: { install: 'echo ran > ran' } })
    at.repository.write('local/index.js', 'export const local = 1\n')
    at.repository.commit('a package with a script')
    const { root } = await openCheckout(at.repository.root, 'main', at.options)
    expect(readFileSync(path.join(root, 'node_modules/local/index.js'), 'utf8')).toBe('export const local = 1\n')
    expect(existsSync(path.join(root, 'local/ran'))).toBe(false)
  })

  test('has the packages for developing, whatever the user leaves out', async () => {
    using at = stage()
    const tools = { name: 'tools', version: '1.0.0' }
    const manifest = { name: 'project', version: '1.0.0', devDependencies: { tools: 'file:tools' } }
    const links = { 'node_modules/tools': { resolved: 'tools', link: true }, tools: { version: '1.0.0', dev: true } }
    at.repository.write('tools/package.json', tools)
    at.repository.write('package.json', manifest)
    at.repository.write('package-lock.json', {
      name: 'project',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': manifest, ...links },
    })
    at.repository.commit('tools for developing')
    const { npm } = at.options
    const environment = { ...npm?.environment, npm_config_omit: 'dev', NODE_ENV: 'production' }
    const { root } = await openCheckout(at.repository.root, 'main', { ...at.options, npm: { ...npm, environment } })
    expect(existsSync(path.join(root, 'node_modules/tools/package.json'))).toBe(true)
  })

  test('of a project in a folder of its repository has the whole commit and the packages of the project', async () => {
    using at = stage()
    writeProject(at.repository, 'packages/näme/', 'own')
    at.repository.write('packages/näme/client.ts', 'inner')
    const commit = at.repository.commit('inner')
    const project = path.join(at.repository.root, 'packages/näme')
    const inner = await openCheckout(project, 'HEAD', at.options)
    expect(inner.commit).toBe(commit)
    expect(clientIn(inner.root)).toBe('inner')
    expect(existsSync(path.join(inner.root, 'node_modules/.package-lock.json'))).toBe(true)
    expect(clientIn(path.join(inner.root, '../..'))).toBe('export const client = 2\n')
    const outer = await openCheckout(at.repository.root, 'HEAD', at.options)
    expect(clientIn(outer.root)).toBe('export const client = 2\n')
    expect(outer.root).not.toBe(path.join(inner.root, '../..'))
  })

  test('works from a linked worktree, and in a hook', async () => {
    using at = stage()
    const linked = path.join(at.outside.root, 'linked')
    at.repository.git('worktree', 'add', '--quiet', linked, 'v1')
    vi.stubEnv('GIT_DIR', '.git')
    vi.stubEnv('GIT_INDEX_FILE', path.join(at.outside.root, 'index of a hook'))
    try {
      expect((await openCheckout(linked, 'HEAD', at.options)).commit).toBe(at.first)
      expect(existsSync(path.join(at.outside.root, 'index of a hook'))).toBe(false)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test.each([
    ['a file is gone', (entry: string) => rmSync(path.join(entry, 'tree/client.ts')), 'tree/client.ts'],
    [
      'a file was cut short',
      (entry: string) => writeFileSync(path.join(entry, 'tree/client.ts'), ''),
      'tree/client.ts',
    ],
    [
      'its packages are gone',
      (entry: string) => rmSync(path.join(entry, 'tree/node_modules'), { recursive: true }),
      'node_modules',
    ],
    ['it was never finished', (entry: string) => rmSync(path.join(entry, '.wiregauge-files.json')), 'list of files'],
  ])('is made anew when %s', async (_, damage, told) => {
    using at = stage()
    const { root } = await openCheckout(at.repository.root, 'v1', at.options)
    damage(path.dirname(root))
    at.said.length = 0
    expect((await openCheckout(at.repository.root, 'v1', at.options)).root).toBe(root)
    expect(clientIn(root)).toBe('export const client = 1\n')
    expect(existsSync(path.join(root, 'node_modules/.package-lock.json'))).toBe(true)
    expect(at.said[0]).toContain('the checkout of v1 is made anew: ')
    expect(at.said[0]).toContain(told)
  })

  test('is made by one of several that ask at once, and the others wait', async () => {
    using at = stage()
    const asking = ['v1', 'v1', at.first, 'HEAD~1'].map((ref) => openCheckout(at.repository.root, ref, at.options))
    const roots = (await Promise.all(asking)).map(({ root }) => root)
    expect(new Set(roots).size).toBe(1)
    expect(at.said.filter((message) => message.startsWith('installing'))).toHaveLength(1)
    expect(at.said.filter((message) => message.startsWith(`waiting for process ${process.pid}`))).not.toEqual([])
  })

  test('removes what killed processes left behind', async () => {
    using at = stage()
    await openCheckout(at.repository.root, 'v1', at.options)
    const temporary = path.join(at.options.cache, 'temporary')
    using other = testFolder()
    const marker = path.join(temporary, 'not ours')
    mkdirSync(marker)
    // The name that a folder of this machine would have, of a process with a number that none has.
    const { temporaryFolder } = await import('./temporary-folder.ts')
    using own = temporaryFolder(other.root)
    const abandoned = path.join(temporary, path.basename(own.folder).replace(/^\d+/, '4194305'))
    mkdirSync(abandoned)
    await openCheckout(at.repository.root, 'main', at.options)
    expect(existsSync(abandoned)).toBe(false)
    expect(existsSync(marker)).toBe(true)
  })

  test.each(['before', 'during'])('that is interrupted %s leaves nothing behind', async (when) => {
    using at = stage()
    const controller = new AbortController()
    if (when === 'before') controller.abort()
    const say = (message: string): void => {
      if (message.startsWith('installing')) setImmediate(() => controller.abort())
    }
    await expect(
      openCheckout(at.repository.root, 'v1', { ...at.options, say, signal: controller.signal }),
    ).rejects.toThrow(new InstallInterruptedError('v1'))
    const temporary = path.join(at.options.cache, 'temporary')
    expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([])
    expect(existsSync(path.join(at.options.cache, 'checkouts'))).toBe(false)
    expect(clientIn((await openCheckout(at.repository.root, 'v1', at.options)).root)).toBe('export const client = 1\n')
  })
})

describe('a checkout that is to be built', () => {
  const build = 'echo "$BUILT" > built && tool >> built'

  /** The repository has a program of its own, and the environment a value. */
  function stageWithTool() {
    const at = stage()
    at.repository.write('local/package.json', { name: 'local', version: '1.0.0', bin: { tool: 'tool.js' } })
    at.repository.write('local/tool.js', '#!/usr/bin/env node\nconsole.log("by its own tool")\n')
    chmodSync(path.join(at.repository.root, 'local/tool.js'), 0o755)
    const lock = JSON.parse(readFileSync(path.join(at.repository.root, 'package-lock.json'), 'utf8'))
    lock.packages.local.bin = { tool: 'tool.js' }
    at.repository.write('package-lock.json', lock)
    at.repository.commit('a tool')
    const { npm } = at.options
    const environment = { ...npm?.environment, BUILT: 'with the environment', NODE_ENV: 'test', VITEST: 'true' }
    return { ...at, options: { ...at.options, npm: { ...npm, environment } } }
  }

  test('is built in its folder by the shell with its own programs, once a command', async () => {
    using at = stageWithTool()
    const { root } = await openCheckout(at.repository.root, 'main', { ...at.options, build })
    expect(readFileSync(path.join(root, 'built'), 'utf8')).toBe('with the environment\nby its own tool\n')
    expect(at.said.at(-1)).toBe(`building main: ${build}`)
    at.said.length = 0
    expect((await openCheckout(at.repository.root, 'HEAD', { ...at.options, build })).root).toBe(root)
    expect(at.said).toEqual([])
    const other = await openCheckout(at.repository.root, 'main', { ...at.options, build: 'echo "<$NODE_ENV>" > built' })
    expect(readFileSync(path.join(other.root, 'built'), 'utf8')).toBe('<>\n')
    expect(existsSync(path.join((await openCheckout(at.repository.root, 'main', at.options)).root, 'built'))).toBe(
      false,
    )
  })

  test('is built anew when what was built is gone', async () => {
    using at = stageWithTool()
    const { root } = await openCheckout(at.repository.root, 'main', { ...at.options, build })
    rmSync(path.join(root, 'built'))
    await openCheckout(at.repository.root, 'main', { ...at.options, build })
    expect(existsSync(path.join(root, 'built'))).toBe(true)
  })

  test('and cannot be is refused with the end of what it said, all of which is kept, and nothing else', async () => {
    using at = stage()
    const failing = openCheckout(at.repository.root, 'main', {
      ...at.options,
      build: 'for line in $(seq 30); do echo "line $line"; done; echo wrong >&2; exit 3',
    })
    await expect(failing).rejects.toThrow(UsageError)
    const message = await failing.then(
      () => '',
      (error: Error) => error.message,
    )
    expect(message).toMatch(
      /^main cannot be built, so that there is nothing to compare with: `for .*` exited with code 3:\n/,
    )
    expect(message).toContain('\n  line 30\n  wrong\nAll of its output is in ')
    expect(message).not.toContain('line 10\n')
    const [, log = ''] = / is in (.*\.log);/.exec(message) ?? []
    expect(readFileSync(log, 'utf8')).toContain('line 1\n')
    expect(readdirSync(path.dirname(log))).toEqual([path.basename(log)])
    expect(readdirSync(path.join(at.options.cache, 'temporary'))).toEqual([])
  })
})

describe('git that could not write', () => {
  const room = { bavail: 1_000, bsize: 4_096, files: 100, ffree: 1 }
  const said = 'error: unable to write file a\nerror: unable to write file b\n'
  test.each([
    ['no room is left', said, { ...room, bavail: 0 }, true],
    ['only what was removed again is left', said, { ...room, bavail: 600 }, true],
    ['no more files can be made', 'error: unable to create file a', { ...room, ffree: 0 }, true],
    ['it says so itself', 'fatal: unable to write new index file: No space left on device', room, true],
    ['there is room', said, room, false],
    ['files are not counted there', said, { ...room, files: 0, ffree: 0 }, false],
    ['it was something else', 'fatal: not a tree object', { ...room, bavail: 0 }, false],
  ])('met a full disk, or not, where %s', (_, stderr, left, isFull) => {
    expect(isDiskFull(stderr, left)).toBe(isFull)
  })
})

describe('a checkout is refused', () => {
  test('where git fails for every file, which is told once and counted', async () => {
    using at = stage()
    const git = at.outside.write(
      'bin/git',
      `#!/bin/sh
case "$*" in
*checkout-index*) for file in a b c; do echo "error: unable to write file $file" >&2; done; exit 1 ;;
esac
PATH='${process.env['PATH']}' exec git "$@"
`,
    )
    chmodSync(git, 0o755)
    vi.stubEnv('PATH', `${path.dirname(git)}:${process.env['PATH']}`)
    try {
      await expect(openCheckout(at.repository.root, 'main', at.options)).rejects.toThrow(
        new UsageError(
          'main cannot be checked out: git checkout-index says: error: unable to write file a (and 2 more lines)',
        ),
      )
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('for a cache that is a file', async () => {
    using at = stage()
    const cache = at.outside.write('file', 'text')
    await expect(openCheckout(at.repository.root, 'main', { ...at.options, cache })).rejects.toThrow(
      `${cache} cannot be used as cache`,
    )
  })

  test('when npm refuses its lock, and nothing is kept', async () => {
    using at = stage()
    at.repository.write('package.json', { name: 'project', dependencies: { local: 'file:local', other: 'file:other' } })
    at.repository.write('other/package.json', { name: 'other' })
    at.repository.commit('manifest and lock disagree')
    const failing = openCheckout(at.repository.root, 'main', at.options)
    await expect(failing).rejects.toThrow(UsageError)
    await expect(failing).rejects.toThrow(
      /^the packages of main cannot be installed from its package-lock\.json: EUSAGE: .*Missing: other/,
    )
    expect(existsSync(path.join(at.options.cache, 'checkouts'))).toBe(false)
    expect(readdirSync(path.join(at.options.cache, 'temporary'))).toEqual([])
  })
})
