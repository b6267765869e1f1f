import type { Entry } from './vitest-config.ts'

/** The gate of a project whose test runner runs no specs: the command does. @param because Why, in words. */
export function commandEntry(because: string): Entry {
  return {
    changes: [],
    notes: [
      `${because}: the specs are run by \`wiregauge run\`, which knows \`describe\`, \`test\` and \`expect\` of Vitest`,
    ],
    scripts: {
      perf: 'wiregauge run',
      test: (old) => (old === undefined ? 'wiregauge run' : `${old} && wiregauge run`),
    },
  }
}
