import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from '../detect/manifest.ts'
import type { PackageManager } from '../detect/package-manager.ts'
import type { Change } from './change.ts'

/** What the pull-request workflow is written of. */
export interface WorkflowParts {
  readonly root: string
  /** Of the repository. */
  readonly top: string
  readonly manager: PackageManager
  readonly manifest: Manifest
  /** Major version of Node. */
  readonly node: number
  /** Branch that pull requests go to. Default: any. */
  readonly branch?: string
}

/** The workflow that runs the gate on pull requests; one of a part of a repository has that part in its name. */
export function workflow({ root, top, manager, manifest, node, branch }: WorkflowParts): Change {
  const place = path.relative(top, root).split(path.sep).join('/')
  const name = place === '' ? 'wiregauge' : `wiregauge-${place.replace(/[^\w.-]+/g, '-')}`
  const lockPlace = path.relative(top, manager.lockFolder).split(path.sep).join('/')
  const hasLock = manager.lock !== undefined
  const steps = [
    ['uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2', 'with:', ...checkout],
    [
      'uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0',
      'with:',
      `  node-version: ${node}`,
      ...(manager.name === 'npm' && hasLock ? ['  cache: npm', ...cachePath(lockPlace, manager.lock)] : []),
    ],
    ...managerSteps(manager, manifest).map((run) => [`run: ${scalar(run)}`]),
    [`run: ${scalar(installOf(manager))}`, ...inFolder(lockPlace)],
    [
      `run: ${scalar(`${manager.run} perf`)}`,
      ...inFolder(place),
      'env:',
      '  WIREGAUGE_MACHINE: github-ubuntu-24.04-x64',
    ],
    [
      'uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2',
      // What went red is what somebody wants to see.
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own form of an expression
      'if: ${{ !cancelled() }}',
      'with:',
      `  name: ${scalar(name)}`,
      `  path: ${scalar(`${place === '' ? '' : `${place}/`}reports/`)}`,
    ],
  ]
  const text = `# Holds the HTTP client of a pull request against the commit that it branched off. What is measured is code of the pull
# request, possibly from a fork, so this job has no secrets and a token that can only read.
name: ${scalar(name)}
on:${events(branch)}
permissions:
  contents: read
jobs:
  budgets:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
${steps.map(([first, ...others]) => [`      - ${first}`, ...others.map((line) => `        ${line}`)].join('\n')).join('\n')}
`
  return { file: path.join(top, '.github', 'workflows', `${name}.yml`), text }
}

/** The merge base is found by the history of both branches. */
const checkout = ['  fetch-depth: 0', '  persist-credentials: false']

/** A scalar of YAML, whatever is in it, such as an `@` at its beginning, `: ` or `#`: JSON is part of YAML. */
function scalar(text: string): string {
  return JSON.stringify(text)
}

/** Pull requests into others would be compared with a merge base that is none of theirs. */
function events(branch: string | undefined): string {
  if (branch === undefined) return ' pull_request'
  // The name is a pattern to GitHub, in which these of the characters that git allows have a meaning.
  return `\n  pull_request:\n    branches: [${scalar(branch.replace(/^!|\+/g, '\\$&'))}]`
}

function inFolder(place: string): readonly string[] {
  return place === '' ? [] : [`working-directory: ${scalar(place)}`]
}

function cachePath(lockPlace: string, lock: string | undefined): readonly string[] {
  return lockPlace === '' ? [] : [`  cache-dependency-path: ${scalar(`${lockPlace}/${lock}`)}`]
}

/** What brings the package manager: Node 25 and later come without Corepack, which reads the version from `packageManager`. */
function managerSteps({ name, lockFolder }: PackageManager, { packageManager }: Manifest): readonly string[] {
  if (name === 'npm') return []
  const named = packageManager ?? packageManagerAt(lockFolder)
  if (named === undefined && name === 'pnpm') return ['npm install --global pnpm']
  return named === undefined && isClassic(lockFolder) ? [] : ['npm install --global corepack && corepack enable']
}

function packageManagerAt(folder: string): string | undefined {
  const file = path.join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  const { packageManager } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  return packageManager
}

function installOf({ name, install, lockFolder }: PackageManager): string {
  return name === 'yarn' && isClassic(lockFolder) ? 'yarn install --frozen-lockfile' : install
}

/** Whether a lock of Yarn is one of version 1, which the runners have. */
function isClassic(lockFolder: string): boolean {
  const lock = path.join(lockFolder, 'yarn.lock')
  return existsSync(lock) && !readFileSync(lock, 'utf8').includes('__metadata:')
}
