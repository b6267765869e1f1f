import { realpathSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import { manifestOf } from '../../../helpers/trees/manifest-of.ts'
import { httpClientsOf } from './http-clients.ts'
import { type Language, languageOf } from './languages.ts'
import { type ManifestFile, readManifest } from './manifest.ts'
import { foldersUp, type PackageManager, packageManagerOf } from './package-manager.ts'
import { type Repository, repositoryAt } from './repository.ts'
import { type TestRunner, testRunnerOf } from './test-runner.ts'

/** A project as init finds it. */
export interface FoundProject {
  readonly root: string
  /** The folder that everything around the project is in: the top of the repository, or the project itself. */
  readonly top: string
  readonly manifestFile: ManifestFile
  readonly language: Language
  readonly manager: PackageManager
  readonly runner: TestRunner
  /** Absent outside of a repository. */
  readonly repository?: Repository
  /** Why it is absent, in words. */
  readonly noRepository?: string
  /** HTTP clients that it asks for. */
  readonly clients: readonly string[]
  /** The project and the folders around it up to the top. */
  readonly folders: readonly string[]
}

/**
 * Finds out about the project in a folder.
 *
 * @param base Branch that pull requests are said to go to. Default: the repository tells.
 * @throws {UsageError} where there is none, and where wiregauge is not among its packages.
 */
export async function foundProject(folder: string, signal: AbortSignal, base?: string): Promise<FoundProject> {
  const root = realpathSync(folder)
  const manifestFile = readManifest(root)
  const { manifest } = manifestFile
  const around = await repositoryAt(root, signal, base)
  const top = 'top' in around ? around.top : root
  const folders = foldersUp(root, top)
  const manager = packageManagerOf(root, top, manifest)
  requireInstalled(root, manager, top)
  const runner = testRunnerOf(root, folders, manifest)
  return {
    root,
    top,
    manifestFile,
    // Jest runs specs as they are, and no TypeScript.
    language: runner.name === 'jest' ? { ending: '.mjs', typescript: false } : languageOf(root, manifest),
    manager,
    runner,
    ...('top' in around ? { repository: around } : { noRepository: around.problem }),
    clients: httpClientsOf(manifest),
    folders,
  }
}

const installing = { npm: 'npm install --save-dev', pnpm: 'pnpm add --save-dev', yarn: 'yarn add --dev' } as const

/** Specs import it, and Node looks for it from there on. */
function requireInstalled(root: string, { name }: PackageManager, top: string): void {
  if (manifestOf('wiregauge', path.join(root, 'package.json')) !== undefined) return
  const where = root === top ? '' : ` in ${path.relative(top, root)}`
  throw new UsageError(
    `wiregauge is not among the packages of the project; run \`${installing[name]} wiregauge\`${where}`,
  )
}
