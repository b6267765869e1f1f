/** The configuration of `pair.bench.ts`, a project of its own, so that nothing of wiregauge's is loaded with it. */
import { defineConfig } from 'vitest/config'
import { measuringFlags } from '../../src/helpers/measure/environment.ts'

export default defineConfig({
  // Without it Vite puts a node_modules beside this file.
  cacheDir: '../../node_modules/.vite',
  test: {
    // "Disable the module runner for the benchmark", says the guide of one that needs no transforms: its getters would
    // be part of every figure. Two trees of one library could not be resolved through it either.
    // Its loader hooks for mocks, of which there are none, come off too: they do not take a URL as a parent.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: [...measuringFlags],
    // `methods.ts` has a limit for the whole process.
    testTimeout: 0,
    hookTimeout: 0,
  },
})
