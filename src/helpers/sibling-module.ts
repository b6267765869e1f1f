import path from 'node:path'

/**
 * Address of another module of wiregauge, for child processes, worker threads, hooks and set-up files. It has the extension
 * of the module that asks: `.ts` in a checkout, where Node strips the types, and `.js` in the package, which `tsc` has built.
 *
 * @param asking `import.meta.url` of the module that asks.
 * @param place The other one, from there and without its extension: `./child`.
 */
export function siblingModule(asking: string, place: string): URL {
  return new URL(`${place}${path.posix.extname(new URL(asking).pathname)}`, asking)
}
