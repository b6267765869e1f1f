import type { Base } from '../trees/merge-base.ts'

/** The first that is set counts. GitHub sets its own for pull requests only. */
const variables = ['WIREGAUGE_BASE', 'GITHUB_BASE_REF']

/** The branch that a run is to be compared with: a pull request may go to another than the budget file names. */
export function namedBase(environment: NodeJS.ProcessEnv): Base | undefined {
  for (const namedBy of variables) {
    const branch = environment[namedBy]
    if (branch) return { branch, namedBy }
  }
  return undefined
}
