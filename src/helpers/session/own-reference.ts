import { existsSync } from 'node:fs'
import path from 'node:path'
import type { RecordedReference } from '../budgets/budget-file.ts'
import { UsageError } from '../budgets/usage-error.ts'
import { cacheFolder, requireLoadable } from '../trees/cache-folder.ts'
import { openCheckout } from '../trees/checkout.ts'
import { runGit } from '../trees/git.ts'
import { type Base, findMergeBase } from '../trees/merge-base.ts'
import { isSameCode } from '../trees/own-code.ts'
import { patchedPackages } from '../trees/patched-packages.ts'
import type { Project } from '../trees/project.ts'
import { requireFresh } from '../trees/stale-build.ts'

/** What a library of the project's own is compared with. */
export type OwnPair =
  /** A new one: the merge base does not have it. */
  | { readonly state: 'new'; readonly base: string }
  | {
      readonly state: 'there'
      /** The project's folder in the checkout of the merge base. */
      readonly tree: string
      /** Whether it runs the same code in both. */
      readonly sameCode: boolean
    }

/** The merge base of own code as a session has it, which is looked for, checked out and built by whoever asks first. */
export class OwnReference {
  readonly #project: Project
  readonly #options: OwnReferenceOptions
  #tree: Promise<BaseTree> | undefined
  readonly #pairs = new Map<string, Promise<OwnPair>>()

  constructor(project: Project, options: OwnReferenceOptions) {
    this.#project = project
    this.#options = options
  }

  /**
   * What a library is compared with.
   *
   * @param library Path from the project's root, beginning with `./`.
   * @param prepare Has its argument done when nothing else is measured: packages are installed, and perhaps something is built.
   * @throws {UsageError} where there is no merge base, it cannot be installed or built, or the project lacks the library itself or
   * has it from an older build.
   * @throws other errors of npm-error.ts for the registry and the disk.
   */
  async pairOf(library: string, signal: AbortSignal, prepare: Prepare): Promise<OwnPair> {
    signal.throwIfAborted()
    // What was given up can be asked for again; what is wrong stays wrong.
    this.#tree ??= prepare(() => this.#open(signal)).catch((error) => {
      if (signal.aborted) this.#tree = undefined
      throw error
    })
    const { root, named } = await this.#tree
    const known = this.#pairs.get(library)
    if (known !== undefined) return await known
    const pair = this.#compare(library, { root, named }, signal)
    this.#pairs.set(library, pair)
    return await pair
  }

  async #open(signal: AbortSignal): Promise<BaseTree> {
    const { base, named: asked = { branch: base }, build, say } = this.#options
    const { id, branch } = await findMergeBase(this.#project.root, asked, signal)
    const named = `the merge base with ${branch}`
    const cache = path.resolve(this.#options.cache ?? cacheFolder(process.env))
    requireLoadable(cache)
    const because = asked.namedBy === undefined ? '' : `, as ${asked.namedBy} says`
    say(`own code is compared with ${named} (${id.slice(0, 12)})${because}`)
    const { root } = await openCheckout(this.#project.root, id, {
      cache,
      say,
      signal,
      named,
      ...(build === undefined ? {} : { build }),
    })
    return { root, named: `${named} (${id.slice(0, 12)})` }
  }

  async #compare(library: string, { root, named }: BaseTree, signal: AbortSignal): Promise<OwnPair> {
    const file = path.join(this.#project.root, library)
    const { build } = this.#options
    if (!existsSync(file)) {
      const first = build === undefined ? '' : `; build the project first: ${build}`
      throw new UsageError(`${library} is not there in ${this.#project.root}${first}`)
    }
    if (build !== undefined) await requireFresh(library, build, this.#project, signal)
    if (!existsSync(path.join(root, library))) {
      if (build === undefined) await this.#requireKept(library, signal)
      return { state: 'new', base: named }
    }
    const sameCode = await isSameCode(library, this.#project, root, signal)
    if (!sameCode) await this.#tellPatched(library, { root, named })
    return { state: 'there', tree: root, sameCode }
  }

  /** A difference that no commit holds is measured as though the branch had made it. */
  async #tellPatched(library: string, { root, named }: BaseTree): Promise<void> {
    const patched = await patchedPackages(library, this.#project.root, root)
    if (patched.length === 0) return
    const { base, build } = this.#options
    const first = `npx patch-package${build === undefined ? '' : ` && ${build}`}`
    this.#options.say(
      `${library} counts as changed: ${patched.join(', ')} has other contents here than ${named} has under the same version, where ` +
        'no script of a package is run. If one writes into it, as patch-package does, have it run there in perf/budgets.json: ' +
        `"reference": ${JSON.stringify({ base, build: first })}`,
    )
  }

  /** What git ignores is built, or it would be nowhere but here. */
  async #requireKept(library: string, signal: AbortSignal): Promise<void> {
    const ignored = await runGit(['check-ignore', '--quiet', '--', library], { folder: this.#project.root, signal })
    if (!ignored.ok) return
    throw new UsageError(
      `git ignores ${library}, so that no commit has it; if it is built, say how in perf/budgets.json: "reference": { "base": ` +
        `${JSON.stringify(this.#options.base)}, "build": "npm run build" }`,
    )
  }
}

/** How own code is compared. */
export interface OwnReferenceOptions extends Pick<RecordedReference, 'build'> {
  /** The branch, as the budget file names it. */
  readonly base: string
  /** Another one, which goes before it. Default: there is none. */
  readonly named?: Base
  readonly say: (message: string) => void
  /** Folder in which checkouts are kept. Default: {@link cacheFolder}. */
  readonly cache?: string
}

/** Does some work in its turn. */
export type Prepare = <Result>(work: () => Promise<Result>) => Promise<Result>

interface BaseTree {
  readonly root: string
  /** The commit in words. */
  readonly named: string
}
