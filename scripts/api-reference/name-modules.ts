import { readFileSync } from 'node:fs'
import path from 'node:path'
import { publicModules } from './public-modules.ts'

/** What is used here of TypeDoc, which is installed in this folder alone, and maybe not yet. */
interface Reflection {
  name: string
}

interface Application {
  readonly converter: {
    on(
      event: 'resolveBegin',
      listen: (context: { readonly project: { readonly children?: Reflection[] } }) => void,
    ): void
  }
}

const root = path.resolve(import.meta.dirname, '../..')

/** A plugin of TypeDoc: modules are called as they are imported, `wiregauge/vitest/matchers`, and not by their sources. */
export function load({ converter }: Application): void {
  const modules = publicModules(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))
  converter.on('resolveBegin', ({ project }) => {
    for (const reflection of project.children ?? []) {
      // TypeDoc leaves out `/index`, but for that of the whole.
      const sources = [`src/helpers/${reflection.name}.ts`, `src/helpers/${reflection.name}/index.ts`]
      const found = modules.find(({ source }) => sources.includes(source))
      if (found !== undefined) reflection.name = found.specifier
    }
  })
}
