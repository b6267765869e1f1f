import { createRequire } from 'node:module'
import path from 'node:path'
import type { Entry } from './vitest-config.ts'

/**
 * A configuration of Jest for the specs, beside that of the other tests: specs are ES modules, which Jest loads with a flag of
 * Node, and nothing is to transform them.
 */
export function jestEntry(root: string): Entry {
  const name = 'jest.perf.config.mjs'
  const text = `/** Beside the configuration of the other tests: specs are ES modules, and measure one file after the other. */
export default {
  testMatch: ['<rootDir>/perf/*.test.mjs'],
  setupFilesAfterEnv: ['wiregauge/jest'],
  reporters: ['default', 'wiregauge/jest/reporter'],
  transform: {},
}
`
  const perf = `node --experimental-vm-modules ${jestBinary(root)} --config ${name} --runInBand`
  return {
    changes: [{ file: path.join(root, name), text }],
    notes: [
      'the other tests leave perf/ alone by an option of their script: put it into their configuration where you have one',
    ],
    scripts: {
      perf,
      test: (old) => {
        if (old === undefined) return perf
        // Jest takes every *.test.* for its own.
        const apart = old.replace(/\bjest\b/, 'jest --testPathIgnorePatterns "/node_modules/|/perf/"')
        return `${apart} && ${perf}`
      },
    },
  }
}

/** Jest's own file, which Node starts with the flag on any platform. */
function jestBinary(root: string): string {
  try {
    const manifest = createRequire(path.join(root, 'package.json')).resolve('jest/package.json')
    const place = path
      .relative(root, path.join(path.dirname(manifest), 'bin', 'jest.js'))
      .split(path.sep)
      .join('/')
    // Links of package managers lead into stores whose folders have versions in their names.
    if (!place.includes('/.')) return place
  } catch {
    // Not installed yet.
  }
  return 'node_modules/jest/bin/jest.js'
}
