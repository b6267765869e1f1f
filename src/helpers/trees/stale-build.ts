import { lstatSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'
import { filesIn } from './files-in.ts'
import { runGit } from './git.ts'
import type { Project } from './project.ts'

/** Nothing that a build makes code of. */
const ofNoBuild = /(?:^|\/)(?:\.[^/]+|__tests__|tests?)\/|(?:^|\/)\.[^/]+$|\.(?:test|spec)\.\w+$|\.d\.[cm]?ts$|\.md$/

/** What a build makes besides what is loaded; some steps of a build make nothing else. */
const besideCode = /\.d\.[cm]?ts$|\.map$|\.tsbuildinfo$/

/**
 * Refuses a built library that is older than a source file of its project: the merge base is built anew, so that what was
 * edited and not built would be compared as though it were the same. What git ignores is built, and its age is that of the
 * newest file in the outermost ignored folder around it, because builds leave alone what need not be made again. Source is
 * whatever git keeps or would keep, specs of performance, tests and prose apart. A library that git keeps has no age: a
 * checkout dates its files as it comes to them.
 *
 * @param library Path from the project's root, beginning with `./`; it is there.
 * @param build The command that builds it.
 * @throws {UsageError} with the newest source file.
 */
export async function requireFresh(
  library: string,
  build: string,
  { root, specs, reports }: Pick<Project, 'root' | 'specs' | 'reports'>,
  signal: AbortSignal,
): Promise<void> {
  const run = { folder: root, signal }
  const steps = path.posix.normalize(library).split('/')
  const around = steps.map((_, place) => steps.slice(0, place + 1).join('/'))
  const asked = await runGit(['check-ignore', '--', ...around], { ...run, options: ['-c', 'core.quotePath=false'] })
  const ignored = asked.stdout.split('\n').filter((file) => file !== '')
  if (!asked.ok && asked.stderr !== '') {
    throw new UsageError(`git cannot tell whether ${library} is built: ${asked.stderr.trim()}`)
  }
  const [outermost] = ignored
  if (outermost === undefined || ignored.at(-1) !== around.at(-1)) return
  const built = outermost === around.at(-1) ? [library] : builtIn(root, outermost)
  const kept = await runGit(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], run)
  const apart = [specs, reports].map((folder) => `${path.relative(root, folder).split(path.sep).join('/')}/`)
  const sources = kept.stdout
    .split('\0')
    .filter((file) => file !== '' && !ofNoBuild.test(file) && !apart.some((folder) => file.startsWith(folder)))
  const [newestBuilt, newest] = [built, sources].map((files) => newestOf(root, files))
  if (newest === undefined || newestBuilt === undefined || newest.modifiedMs <= newestBuilt.modifiedMs) return
  throw new UsageError(
    `${newest.file} is newer than ${library}, which is built, so that what is compared would not be what stands there; build ` +
      `the project first: ${build}. If that leaves all files of ${outermost} as they are, remove ${outermost} before.`,
  )
}

function builtIn(root: string, folder: string): readonly string[] {
  const files = filesIn(path.join(root, folder), { follows: true, without: ['node_modules'] })
  return files.filter((file) => !besideCode.test(file)).map((file) => `${folder}/${file}`)
}

function newestOf(root: string, files: readonly string[]): { file: string; modifiedMs: number } | undefined {
  return files
    .flatMap((file) => {
      // What was removed is still in the index.
      const modifiedMs = lstatSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs
      return modifiedMs === undefined ? [] : [{ file, modifiedMs }]
    })
    .reduce<{ file: string; modifiedMs: number } | undefined>(
      (newest, each) => (newest === undefined || each.modifiedMs > newest.modifiedMs ? each : newest),
      undefined,
    )
}
