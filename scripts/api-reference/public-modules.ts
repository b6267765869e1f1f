/** A module that other projects import. */
export interface PublicModule {
  /** As they call it: `wiregauge/vitest/setup`. */
  readonly specifier: string
  /** Its source, from the root of the repository: `src/helpers/vitest/setup.ts`. */
  readonly source: string
}

/** What `package.json` says about that. */
export interface ExportingManifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/**
 * The public modules of a manifest, by the sources that their files in `dist/` are built from. Data that is exported, such as
 * schemas, is no module.
 */
export function publicModules({ name, exports }: ExportingManifest): readonly PublicModule[] {
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const file = typeof target === 'string' ? target : (target['default'] ?? '')
    const [, built] = /^\.\/dist\/(.+)\.js$/.exec(file) ?? []
    return built === undefined ? [] : { specifier: `${name}${subpath.slice(1)}`, source: `src/${built}.ts` }
  })
}
