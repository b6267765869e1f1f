import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { publicModules } from '../../scripts/api-reference/public-modules.ts'
import { type TestFolder, testFolder } from '../../src/helpers/trees/test-folder.ts'
import { type Block, repository } from './blocks.ts'

/** A folder in which a reader of the pages could be: packages installed, wiregauge among them, and a folder for each page. */
export interface ReadersProject extends TestFolder {
  /** Puts a block where it would stand. @returns Its file. @throws when another block of the page stands there. */
  add(block: Block): string
  /** The folder of a page, with its own `package.json`. */
  folderOf(page: string): string
}

/**
 * Packages are those of this repository. `wiregauge` exports the sources: what resolves it, Node, Vitest or TypeScript, finds
 * it as it does in a project that has installed it, only that nothing has to be built before.
 */
export function readersProject(): ReadersProject {
  const folder = testFolder()
  installPackages(folder)
  const written = new Map<string, string>()
  const folderOf = (page: string): string => path.join(folder.root, 'pages', path.basename(page, '.md').toLowerCase())
  return {
    ...folder,
    folderOf,
    add({ page, place, file, kind, text }) {
      const line = place.split(':').at(-1)
      const name = path.join(folderOf(page), file ?? `block-${line}.${kind}`)
      const before = written.get(name)
      if (before !== undefined) throw new Error(`${place}: ${file} stands in ${before} already`)
      written.set(name, place)
      return folder.write(path.relative(folder.root, name), text)
    },
  }
}

function installPackages({ root, write }: TestFolder): void {
  write('package.json', { name: 'reader', private: true, type: 'module' })
  const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'))
  const exports = publicModules(manifest).map(({ specifier, source }) => [
    specifier.replace(manifest.name, '.'),
    `./${source}`,
  ])
  // Beside node_modules and not in it: Node strips no types there.
  write('packages/wiregauge/package.json', {
    name: manifest.name,
    type: 'module',
    exports: Object.fromEntries(exports),
  })
  const link = (from: string, to: string): void => symlinkSync(from, path.join(root, to), 'junction')
  link(path.join(repository, 'src'), 'packages/wiregauge/src')
  mkdirSync(path.join(root, 'node_modules'))
  for (const name of readdirSync(path.join(repository, 'node_modules')).filter((name) => !name.startsWith('.'))) {
    if (name !== manifest.name) link(path.join(repository, 'node_modules', name), `node_modules/${name}`)
  }
  link(path.join(root, 'packages/wiregauge'), `node_modules/${manifest.name}`)
}
