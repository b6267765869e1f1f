import { chmodSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../budgets/usage-error.ts'
import type { CommitLock } from './commit-lock.ts'
import { installLocked } from './install-locked.ts'
import { InstallInterruptedError } from './npm-error.ts'
import { testFolder } from './test-folder.ts'

const locks = {
  pnpm: { manager: 'pnpm', name: 'pnpm-lock.yaml', folder: '' },
  yarn: { manager: 'yarn', name: 'yarn.lock', folder: '' },
  'yarn 1': { manager: 'yarn 1', name: 'yarn.lock', folder: '' },
} as const satisfies Record<string, CommitLock>

/** A folder to install in, and a stand-in for a package manager, which notes what it is asked and then does as it is told. */
function stage(script = '') {
  const folder = testFolder()
  for (const command of ['pnpm', 'yarn']) {
    const file = folder.write(
      `bin/${command}`,
      `#!/bin/sh\necho ${command} "$@" > asked\necho "<$NODE_ENV>" >> asked\n${script}\n`,
    )
    chmodSync(file, 0o755)
  }
  folder.write('here/package.json', {})
  const here = path.join(folder.root, 'here')
  const environment = { PATH: `${path.join(folder.root, 'bin')}:/usr/bin:/bin`, NODE_ENV: 'production' }
  const install = (
    lock: CommitLock,
    { signal = new AbortController().signal, ...more }: { signal?: AbortSignal; PATH?: string } = {},
  ) =>
    installLocked({
      folder: here,
      lock,
      ref: 'main',
      project: here,
      signal,
      npm: { environment: { ...environment, ...more } },
    })
  return { ...folder, install, asked: () => readFileSync(path.join(here, 'asked'), 'utf8') }
}

describe('what a lock says is installed, without scripts and with what is for developing,', () => {
  test.each([
    [
      'pnpm',
      'install --frozen-lockfile --ignore-scripts --prefer-offline --package-import-method=copy --ignore-workspace',
    ],
    ['yarn', 'install --immutable --mode=skip-build'],
    ['yarn 1', 'install --frozen-lockfile --ignore-scripts --prefer-offline --production=false --non-interactive'],
  ] as const)('by %s', async (manager, words) => {
    using at = stage()
    await at.install(locks[manager])
    expect(at.asked()).toBe(`${manager.split(' ')[0]} ${words}\n<>\n`)
  })

  test('by pnpm, in a workspace as a whole', async () => {
    using at = stage()
    at.write('here/pnpm-workspace.yaml', 'packages: ["packages/*"]')
    await at.install(locks.pnpm)
    expect(at.asked()).not.toContain('--ignore-workspace')
  })
})

describe('packages are not installed', () => {
  test('where the lock is refused, and its manager says why', async () => {
    using at = stage('echo the lock is out of date\nexit 1')
    await expect(at.install(locks.pnpm)).rejects.toThrow(
      new UsageError(
        'the packages of main cannot be installed from its pnpm-lock.yaml: `pnpm install --frozen-lockfile --ignore-scripts ' +
          '--prefer-offline --package-import-method=copy --ignore-workspace` exited with code 1:\n  the lock is out of date',
      ),
    )
  })

  test('where the package manager is missing, with the one that the manifest names', async () => {
    using at = stage()
    const packageManager = 'pnpm@10.2.0+sha512.abc'
    await expect(at.install({ ...locks.pnpm, packageManager }, { PATH: '/nowhere' })).rejects.toThrow(
      new UsageError(
        'pnpm could not be started, which the packages of main are installed with from its pnpm-lock.yaml; its package.json ' +
          'names pnpm@10.2.0+sha512.abc in `packageManager`. `corepack enable` or `npm install --global pnpm@10.2.0` provides it.',
      ),
    )
  })

  test("as Yarn's Plug'n'Play", async () => {
    using at = stage('touch .pnp.cjs')
    await expect(at.install(locks.yarn)).rejects.toThrow('set `nodeLinker: node-modules` in .yarnrc.yml')
  })

  test('once the signal is given', async () => {
    using at = stage('sleep 600')
    const controller = new AbortController()
    const running = at.install(locks.yarn, { signal: controller.signal })
    setTimeout(() => controller.abort(), 100)
    await expect(running).rejects.toThrow(new InstallInterruptedError('the packages of main'))
  })
})
