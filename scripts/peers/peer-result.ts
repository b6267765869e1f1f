import type { Estimate, Setting } from './setting.ts'

/** One pair measured by one method. */
export interface PeerResult {
  readonly method: string
  readonly setting: Setting
  readonly estimates: readonly Estimate[]
}

/** The estimates of one row for one client, in the order in which they were measured. */
export function estimatesIn(
  results: readonly PeerResult[],
  { client, row, slowed }: { client: string; row: string; slowed: boolean },
): readonly Estimate[] {
  return results
    .filter(({ setting }) => setting.client === client && setting.worsening > 0 === slowed)
    .flatMap(({ estimates }) => estimates.filter((estimate) => estimate.row === row))
}
