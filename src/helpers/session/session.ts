import path from 'node:path'
import { type BudgetFile, readBudgetFile } from '../budgets/budget-file.ts'
import type { JudgingContext } from '../budgets/judgement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import type { Client } from '../clients/contract.ts'
import { type Effort, gateEffort, looksOf } from '../measure/effort.ts'
import { epochMs } from '../measure/epoch.ts'
import { type Machine, thisMachine } from '../measure/machine.ts'
import type { Measurement } from '../measure/result.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { randomFrom } from '../statistics/random.ts'
import type { Base } from '../trees/merge-base.ts'
import type { Project } from '../trees/project.ts'
import { installReference, verifyReference } from '../trees/reference-tree.ts'
import { defaultCapSeconds } from './cap.ts'
import { NullHistory } from './null-history.ts'
import { OwnReference } from './own-reference.ts'
import { requireNode } from './require-node.ts'
import { readStreaks, type Streaks } from './streaks.ts'
import { Turns } from './turns.ts'

/** How a run was asked for. */
export interface SessionOptions {
  readonly project: Project
  /** Everything drawn in the run follows from it. */
  readonly seed: number
  /** Whether inconclusive fails everywhere. Default false. */
  readonly strict?: boolean
  readonly effort?: Effort
  /** Told about waits and installations. */
  readonly say: (message: string) => void
  /** Told what a spec measures, before it is asked whether that was selected. */
  readonly onAsked?: (client: Client, scenario: Scenario) => void
  /** Told before something is measured. */
  readonly onStart?: (client: string, scenario: string) => void
  /** Told about every measurement as soon as it is there. */
  readonly onMeasurement?: (measurement: Measurement) => void
  /** Told about every verdict. */
  readonly onVerdict?: (measurement: Measurement, verdict: Verdict) => void
  /** Whether a client under a scenario was asked for. Default: all are. */
  readonly selects?: (client: string, scenario: string) => boolean
  /** A measurement of an earlier run to use instead of measuring, if there is one. Default: there is none. */
  readonly recorded?: (client: string, scenario: string) => Measurement | undefined
  /** Which pairs of unchanged files are measured: a few that rotate from run to run, or all. Default `rotating`. */
  readonly nulls?: 'rotating' | 'all'
  /** When the run began, in milliseconds since the epoch. Default: now. */
  readonly startedAtMs?: number
  /** What time it is, in milliseconds since the epoch. Default: what the system says, whatever a test fakes. */
  readonly nowMs?: () => number
  /** After so many seconds from the beginning of the run no look begins any more. Default {@link defaultCapSeconds}. */
  readonly capSeconds?: number
  /** Time from the first look to the last, where the cap leaves it, so that one bad minute cannot own a budget. Default 60 s. */
  readonly spreadMs?: number
  /** The branch whose merge base own code is compared with, where the budget file names one. Default: the one that it names. */
  readonly base?: Base
}

const defaultSpreadMs = 60_000

/** What `measure` and the matchers share: a run of the command, or under Vitest a spec file, of which it isolates each. */
export interface Session extends Required<Omit<SessionOptions, 'base'>> {
  readonly machine: Machine
  readonly budgets: BudgetFile
  readonly judging: JudgingContext
  readonly turns: Turns
  /** Whether the limit is still to be measured under a scenario; true once a session, that is once a spec file under Vitest. */
  readonly drawWire: (scenario: string) => boolean
  /** A/A pairs of this session so far. */
  readonly nullHistory: NullHistory
  /** Budgets that were inconclusive in the runs before. */
  readonly streaks: Streaks
  /** With what own code is compared; absent where the budget file names no base. */
  readonly ownReference?: Pick<OwnReference, 'pairOf'>
}

/**
 * Opens a session: budgets are read, the frozen reference is installed if absent and verified. That of own code is looked for
 * when something is to be compared with it.
 *
 * @param given Budgets to use instead of those in the project's file.
 * @throws {UsageError} when Node is too old, or budgets or reference are wrong.
 */
export function openSession(options: SessionOptions, given?: BudgetFile): Session {
  requireNode(process.versions.node)
  const { project, say, nowMs = epochMs } = options
  const budgets = given ?? readBudgetFile(project.budgetFile)
  if (budgets.reference?.integrity !== undefined) {
    installReference(project.referenceTree, say)
    verifyReference(project.referenceTree, budgets.reference.integrity)
  }
  const { base, build } = budgets.reference ?? {}
  const ownReference =
    base === undefined
      ? undefined
      : new OwnReference(project, {
          base,
          say,
          ...(options.base && { named: options.base }),
          ...(build === undefined ? {} : { build }),
        })
  const machine = thisMachine()
  const effort = options.effort ?? gateEffort
  const nullHistory = new NullHistory()
  return {
    strict: false,
    effort,
    nulls: 'rotating',
    startedAtMs: nowMs(),
    nowMs,
    capSeconds: defaultCapSeconds,
    spreadMs: defaultSpreadMs,
    onAsked: () => {},
    onStart: () => {},
    onMeasurement: () => {},
    onVerdict: () => {},
    selects: () => true,
    recorded: () => undefined,
    ...options,
    machine,
    budgets,
    judging: {
      budgets,
      budgetFileName: path.relative(process.cwd(), project.budgetFile),
      machine,
      looks: looksOf(effort),
      runNoise: () => nullHistory.noise,
    },
    turns: new Turns(randomFrom(options.seed)),
    drawWire: oncePerName(),
    nullHistory,
    streaks: readStreaks(project.reports, budgets, options.say),
    ...(ownReference && { ownReference }),
  }
}

/** The session with another effort, which its budgets are judged by as well. */
export function withEffort(session: Session, effort: Effort): Session {
  return { ...session, effort, judging: { ...session.judging, looks: looksOf(effort) } }
}

let opener: (() => Session) | undefined
let session: Session | undefined

/**
 * Says how the session of this process is opened. It is opened by the first `measure`, so that a wrong budget file fails
 * tests with its message, and not the loading of the file.
 */
export function provideSession(open: () => Session): void {
  opener = open
  session = undefined
}

/** The session of this process. @throws {UsageError} outside of wiregauge's Vitest project and command. */
export function currentSession(): Session {
  if (opener === undefined) {
    throw new UsageError(
      'there is no session: add `budgetProject()` of `wiregauge/vitest/project` to the `projects` of the Vitest ' +
        'configuration, or use `wiregauge run`',
    )
  }
  session ??= opener()
  return session
}

/** A question that is answered with yes once for every name. */
function oncePerName(): (name: string) => boolean {
  const asked = new Set<string>()
  return (name) => {
    const first = !asked.has(name)
    asked.add(name)
    return first
  }
}
