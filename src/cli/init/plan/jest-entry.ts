import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Entry } from './vitest-config.ts'

/**
 * A configuration of Jest for the specs, beside that of the other tests: specs are ES modules, which Jest loads with a flag of
 * Node, and nothing is to transform them. Their names are none that Jest takes for tests by default, so that the other tests
 * need no word about them.
 *
 * @param folders The project and those around it, in which packages are looked for.
 */
export function jestEntry(root: string, folders: readonly string[]): Entry {
  const name = 'jest.perf.config.mjs'
  const text = `/** Beside the configuration of the other tests: specs are ES modules, and measure one file after the other. */
export default {
  testMatch: ['<rootDir>/perf/*.perf.mjs'],
  setupFilesAfterEnv: ['wiregauge/jest'],
  reporters: ['default', 'wiregauge/jest/reporter'],
  transform: {},
}
`
  return {
    changes: [{ file: path.join(root, name), text }],
    notes: [],
    specs: 'perf',
    scripts: { perf: `node --experimental-vm-modules ${jestBinary(root, folders)} --config ${name} --runInBand` },
  }
}

/**
 * Jest's own file, which Node starts with the flag on any platform: where it is linked or installed, and not where links of
 * package managers lead, into stores whose folders have versions in their names.
 */
function jestBinary(root: string, folders: readonly string[]): string {
  const place = 'node_modules/jest/bin/jest.js'
  const folder = folders.find((each) => existsSync(path.join(each, place))) ?? root
  return path.relative(root, path.join(folder, place)).split(path.sep).join('/')
}
