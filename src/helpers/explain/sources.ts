import path from 'node:path'
import { functionsOf, type SourceFunctions } from './functions-of.ts'
import type { Origin } from './origin.ts'

/** What reads the files of one side. */
export interface SourceReader {
  /** Text of a script by its address or path, nothing where it cannot be had. */
  text(url: string): string | undefined
  /** Paths of the scripts in a package's folder, relative to it, with slashes. */
  scripts(folder: string): readonly string[]
}

/** Where a function stands in a side's sources: its file and line from 1, nowhere, or where nobody can tell. */
export type Place = { readonly file: string; readonly line: number } | 'nowhere' | 'unknown'

/** The sources of one side, each read and parsed once. */
export class Sources {
  readonly #reader: SourceReader
  readonly #roots: readonly string[]
  readonly #folders = new Map<string, string>()
  readonly #parsed = new Map<string, SourceFunctions | undefined>()

  /** @param roots Folders of the project and of the trees. */
  constructor(reader: SourceReader, roots: readonly string[]) {
    this.#reader = reader
    this.#roots = roots
  }

  /** Notes where a package lies, and tells the functions of one of its files; nothing for what is no JavaScript. */
  functionsIn(url: string, origin: Origin): SourceFunctions | undefined {
    if (origin.folder !== undefined && !this.#folders.has(origin.package)) {
      this.#folders.set(origin.package, origin.folder)
    }
    if (!this.#parsed.has(url)) {
      const text = this.#reader.text(url)
      this.#parsed.set(url, text === undefined ? undefined : functionsOf(text))
    }
    return this.#parsed.get(url)
  }

  /** Where a function of a package stands in one file. */
  placeIn(name: string, file: string, label: string): Place {
    const folder = this.#folderOf(name)
    if (folder === undefined) return 'unknown'
    const url = path.join(folder, file)
    if (this.#reader.text(url) === undefined) return this.#reader.scripts(folder).length > 0 ? 'nowhere' : 'unknown'
    const functions = this.functionsIn(url, { package: name, file, folder })
    if (functions === undefined) return 'unknown'
    const line = functions.lineOf(label)
    return line === undefined ? 'nowhere' : { file, line }
  }

  /** The files of a package in which a function of that name stands. */
  filesWith(name: string, label: string): readonly string[] {
    const folder = this.#folderOf(name)
    // Of a function without a name, that of the one around it.
    const word = /([\w$#-]+)\)*$/.exec(label)?.[1]
    if (folder === undefined || word === undefined) return []
    return this.#reader.scripts(folder).filter((file) => {
      const isNamed = this.#reader.text(path.join(folder, file))?.includes(word.replace(/^#/, ''))
      return isNamed && typeof this.placeIn(name, file, label) === 'object'
    })
  }

  #folderOf(name: string): string | undefined {
    const known = this.#folders.get(name)
    if (known !== undefined) return known
    const found = this.#roots
      .flatMap((root) => [path.join(root, 'node_modules', name), path.join(root, name)])
      .find((folder) => this.#reader.scripts(folder).length > 0)
    if (found !== undefined) this.#folders.set(name, found)
    return found
  }
}
