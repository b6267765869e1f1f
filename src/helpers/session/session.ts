import path from 'node:path'
import { type BudgetFile, readBudgetFile } from '../budgets/budget-file.ts'
import type { JudgingContext } from '../budgets/judgement.ts'
import { UsageError } from '../budgets/usage-error.ts'
import type { Verdict } from '../budgets/verdict.ts'
import { type Machine, thisMachine } from '../measure/machine.ts'
import { type Effort, gateEffort } from '../measure/measurement.ts'
import type { Measurement } from '../measure/result.ts'
import type { Project } from '../trees/project.ts'
import { installReference, verifyReference } from '../trees/reference-tree.ts'
import { requireNode } from './require-node.ts'

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
  /** Gives up the measurement that begins when it is asked for. */
  readonly signal?: () => AbortSignal
}

/** One run: what `measure` and the matchers share. */
export interface Session extends Required<SessionOptions> {
  readonly machine: Machine
  readonly budgets: BudgetFile
  readonly judging: JudgingContext
}

/**
 * Opens a session: budgets are read, the reference is installed if absent and verified.
 *
 * @param given Budgets to use instead of those in the project's file.
 * @throws {UsageError} when Node is too old, or budgets or reference are wrong.
 */
export function openSession(options: SessionOptions, given?: BudgetFile): Session {
  requireNode(process.versions.node)
  const { project, say } = options
  const budgets = given ?? readBudgetFile(project.budgetFile)
  if (budgets.reference !== undefined) {
    installReference(project.referenceTree, say)
    verifyReference(project.referenceTree, budgets.reference.integrity)
  }
  const machine = thisMachine()
  return {
    strict: false,
    effort: gateEffort,
    nulls: 'rotating',
    signal: () => new AbortController().signal,
    onStart: () => {},
    onMeasurement: () => {},
    onVerdict: () => {},
    selects: () => true,
    recorded: () => undefined,
    ...options,
    machine,
    budgets,
    judging: { budgets, budgetFileName: path.relative(process.cwd(), project.budgetFile), machine },
  }
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
      'there is no session: add `src/helpers/vitest/setup.ts` to `setupFiles` and `src/helpers/vitest/global-setup.ts` ' +
        'to `globalSetup` of the Vitest project, or use `wiregauge run`',
    )
  }
  session ??= opener()
  return session
}
