import type { UsageError } from '../budgets/usage-error.ts'
import type { CapReachedError } from '../session/cap-reached-error.ts'

/** Of errors that end a run otherwise than its verdicts do. Between processes and realms an error keeps its code, not its class. */
export const usageCode = 'WIREGAUGE_USAGE' satisfies UsageError['code']
export const capCode = 'WIREGAUGE_CAP' satisfies CapReachedError['code']

/** Whether what was thrown, or what a runner made of it, has the code. */
export function hasCode(thrown: unknown, code: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code
}
