import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { BudgetFile } from '../budgets/budget-file.ts'
import type { Verdict } from '../budgets/verdict.ts'

/** In how many runs running each budget was inconclusive, by `client scenario, budget`; those that were not are absent. */
export type Streaks = Readonly<Record<string, number>>

/** `reports/inconclusive.json`: what a run leaves for the next about budgets that it could not decide. */
export interface StreakFile {
  readonly schemaVersion: 1
  /** Date of the tuning that the streaks are about; another one begins anew. */
  readonly tuned: string
  readonly streaks: Streaks
}

/** A budget that is inconclusive in so many runs running is blind: it gates nothing until it is retuned. */
const blindAfter = 3

/** Where the streaks of a project stand. @param reports Folder of its reports. */
export function streakFile(reports: string): string {
  return path.join(reports, 'inconclusive.json')
}

/**
 * The streaks of earlier runs on this machine; none before the first run, and where the budgets were tuned since.
 *
 * @param say Told when what earlier runs left cannot be read, which begins the streaks anew.
 */
export function readStreaks(
  reports: string,
  { tuned }: Pick<BudgetFile, 'tuned'>,
  say: (message: string) => void,
): Streaks {
  const place = streakFile(reports)
  if (!existsSync(place)) return {}
  try {
    const file = JSON.parse(readFileSync(place, 'utf8')) as Partial<StreakFile>
    return file.schemaVersion === 1 && file.tuned === tuned.date ? (file.streaks ?? {}) : {}
  } catch {
    say(`${place} is not what a run leaves there, so that inconclusive runs running are counted from this one on`)
    return {}
  }
}

/** The verdict, marked as blind where this run makes the streak long enough. */
export function withBlindness(verdict: Verdict, streaks: Streaks): Verdict {
  const runs = (streaks[nameOf(verdict)] ?? 0) + 1
  if (verdict.state !== 'inconclusive' || runs < blindAfter) return verdict
  return {
    ...verdict,
    blind: true,
    reason: `${verdict.reason}; blind: inconclusive in ${runs} runs running, so it gates nothing until it is retuned`,
  }
}

/**
 * The streaks after a run. Budgets about which it measured nothing keep theirs.
 *
 * @param verdicts Of the whole run.
 */
export function streaksAfter(before: Streaks, verdicts: readonly Verdict[]): Streaks {
  const streaks: Record<string, number> = { ...before }
  for (const verdict of verdicts) {
    const name = nameOf(verdict)
    if (verdict.state === 'inconclusive') streaks[name] = (before[name] ?? 0) + 1
    else if (verdict.measured !== undefined) delete streaks[name]
  }
  return streaks
}

function nameOf({ client, scenario, budget }: Verdict): string {
  return `${client} ${scenario}, ${budget}`
}
