import type { MeasurementPlan } from '../../helpers/measure/measurement.ts'
import type { Measured } from '../../helpers/session/measured.ts'
import type { Session } from '../../helpers/session/session.ts'
import { hashOf } from '../../helpers/statistics/random.ts'
import { treeDigest } from '../../helpers/trees/tree-digest.ts'
import { type Arm, armsOf } from './arm.ts'
import { requireRunnable } from './runs-on.ts'
import { haveSameCode } from './same-code.ts'
import type { Sides } from './side.ts'
import type { ComparedSubject } from './subjects.ts'

interface Planning {
  readonly session: Session
  readonly sides: Sides
  readonly subject: ComparedSubject
  readonly signal: AbortSignal
}

/** How two arms are compared. */
export interface ComparisonWay {
  /** Why they take turns in processes of their own, in words; absent where they share one. */
  readonly turns?: string
  /** Whether they are the same files, so that nothing of theirs can differ by what was counted. */
  readonly sameFiles: boolean
  /** Whether both can tell what they allocate. */
  readonly allocation: boolean
}

interface PlannedComparison {
  readonly plan: MeasurementPlan
  readonly way: ComparisonWay
  /** What has to be said with the verdicts. */
  readonly notes: readonly string[]
}

/** Measures the first look of a plan. */
export type MeasureLooks = (session: Session, plan: MeasurementPlan) => Promise<Measured>

/**
 * Plans the measuring of a client on one side against the other: in one process where they can share it, at first side by
 * side alone.
 *
 * @throws {UsageError} for sides that the client cannot run on.
 */
export async function planOf({ session, sides, subject, signal }: Planning): Promise<PlannedComparison> {
  const { client, scenario } = subject
  for (const side of [sides.base, sides.head]) requireRunnable(client, side)
  const arms = armsOf(client, sides, session.project.root)
  const turns = turnsReason(subject, sides)
  const sameFiles = await areSameFiles(subject, arms)
  const plan: MeasurementPlan = {
    client,
    scenario,
    beside: [],
    underLoad: false,
    withWire: false,
    tree: arms.head.tree,
    arms: { current: choiceOf(arms.head), reference: choiceOf(arms.base) },
    pair: {
      state: 'measured',
      sameFiles,
      referenceTree: arms.base.tree,
      // Equal arms alone say nothing, and arms in turns are alone already.
      solo: turns === undefined && !sameFiles,
      ...(turns === undefined ? {} : { turns }),
    },
    seed: hashOf(`${session.seed} ${client.name} ${scenario.name}`),
    effort: session.effort,
    first: ['pair'],
    signal,
  }
  const notes = (['base', 'head'] as const).flatMap((which) =>
    arms[which].hasAdapter ? [] : [`${sides[which].name} has no adapter of ${client.name}, so both run the other's`],
  )
  const way = { ...(turns === undefined ? {} : { turns }), sameFiles, allocation: canTellAllocation(sides) }
  return { plan, way, notes }
}

/** Why arms cannot share a process; undefined where they can. */
function turnsReason({ client }: ComparedSubject, { base, head }: Sides): string | undefined {
  if (base.node?.execPath !== head.node?.execPath) return 'one process has one Node'
  return client.processWide ? 'it keeps state of the whole process' : undefined
}

async function areSameFiles(
  { client: { library, module } }: ComparedSubject,
  { base, head }: { base: Arm; head: Arm },
): Promise<boolean> {
  if (base.execPath !== head.execPath) return false
  const [one = module, other = module] = [base.client?.module, head.client?.module]
  if (!(await haveSameCode(one, other, base.tree, head.tree))) return false
  if (base.tree === head.tree || library === undefined) return true
  if (library.startsWith('./')) return false
  const digest = treeDigest(library, base.tree)
  return digest !== undefined && digest === treeDigest(library, head.tree)
}

function choiceOf({ client, execPath }: Arm): Pick<Arm, 'client' | 'execPath'> {
  return { ...(client && { client }), ...(execPath && { execPath }) }
}

/** Bytes allocated are told from Node 26 on. */
const allocationSince = 26

function canTellAllocation({ base, head }: Sides): boolean {
  return [base, head].every(
    ({ node }) => Number.parseInt(node?.version ?? process.versions.node, 10) >= allocationSince,
  )
}
