import type { Entry } from './vitest-config.ts'

/** The gate of a project whose test runner runs no specs: the command does. @param because Why, in words. */
export function commandEntry(because: string): Entry {
  return {
    changes: [],
    notes: [
      `${because}: the specs are run by \`wiregauge run\`, which knows \`describe\`, \`test\` and \`expect\` of Vitest`,
    ],
    // A runner that is too old, and Node's own, would take a name with `test` in it for a test of theirs.
    specs: 'perf',
    scripts: { perf: 'wiregauge run' },
  }
}
