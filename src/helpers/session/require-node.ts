import { UsageError } from '../budgets/usage-error.ts'

/** The first version whose V8 tells allocated bytes; the one that is pinned in `package.json` is newer. */
const oldestMajor = 26

/** @throws {UsageError} when the version is too old to measure with. */
export function requireNode(version: string): void {
  if (Number.parseInt(version, 10) >= oldestMajor) return
  throw new UsageError(
    `this is Node ${version}; wiregauge measures with Node ${oldestMajor} or newer, which \`npm ci\` installs beside the ` +
      'packages. Start it through npm: `npm test`, `npm run perf` or `npx wiregauge`.',
  )
}
