import type { Session } from '../../helpers/session/session.ts'
import { type BisectResult, bisectExitCode } from './bisect-result.ts'
import type { BisectSubject } from './bisect-text.ts'
import { type History, historyExitCode } from './chart.ts'

/** What a command came to. */
export type Found = ({ readonly kind: 'bisect' } & BisectResult) | ({ readonly kind: 'history' } & History)

/** What stands at the head of a record: what was asked for, when, and where. */
interface About extends BisectSubject {
  /** When it began, in ISO 8601. */
  readonly date: string
  /** Everything drawn follows from it. */
  readonly seed: number
  /** Class of the machine. */
  readonly machine: string
}

export function aboutOf(
  { client, scenario }: BisectSubject,
  { seed, machine, startedAtMs }: Pick<Session, 'seed' | 'machine' | 'startedAtMs'>,
): About {
  return { client, scenario, date: new Date(startedAtMs).toISOString(), seed, machine: machine.class }
}

/** What `wiregauge bisect --json` writes: helpers/reports/bisect.schema.json. */
export function recordOf(about: About, found: Found): object {
  const { kind, ...rest } = found
  const exitCode = found.kind === 'bisect' ? bisectExitCode(found) : historyExitCode(found)
  return { schemaVersion: 1, kind, ...about, ...rest, exitCode }
}
