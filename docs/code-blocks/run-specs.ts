/**
 * Runs the specs of a project and prints what was decided, as JSON: `node run-specs.ts ROOT`. In a process of its own, where
 * Vitest loads nothing. axios under `small-4` is a recording; everything else is measured, as briefly as it can be.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { collectSpecs } from '../../src/cli/specs/collect.ts'
import { survey } from '../../src/cli/survey.ts'
import type { BudgetFile, TunedScenario } from '../../src/helpers/budgets/budget-file.ts'
import { budgetFileOf, tunedThroughout } from '../../src/helpers/budgets/test-measurement.ts'
import { clients } from '../../src/helpers/clients/list.ts'
import type { Effort } from '../../src/helpers/measure/effort.ts'
import type { Measurement } from '../../src/helpers/measure/result.ts'
import { BudgetFailure } from '../../src/helpers/runner/expect-budgets.ts'
import { inScope, Scope } from '../../src/helpers/session/scope.ts'
import { openSession, provideSession } from '../../src/helpers/session/session.ts'
import { projectAt } from '../../src/helpers/trees/project.ts'
import { repository } from './blocks.ts'

/** What the specs of a page came to. */
export interface SpecsOutcome {
  /** `client scenario, budget: verdict`. */
  readonly verdicts: readonly string[]
  /** What went wrong other than by a broken budget: nothing here says what a budget should be. */
  readonly failures: readonly string[]
}

/** One fresh process of everything, for a moment: that it can be measured, and not how fast it is. */
const brief: Effort = {
  requestTimeoutMs: 10_000,
  pair: { looks: [1], warmUpMs: 20, durationMs: 50 },
  load: { looks: [1], warmUpMs: 20, rounds: 1, rampMs: 5, windowMs: 50 },
  retention: { looks: [1] },
  solo: { looks: [1], warmUpMs: 20, sliceMs: 10, slices: 2 },
}

interface Recording {
  readonly measurements: readonly [Measurement, ...Measurement[]]
  readonly tuned: TunedScenario
}

const recording: Recording = JSON.parse(
  readFileSync(path.join(repository, 'fixtures/recordings/axios-small-4.json'), 'utf8'),
)

/** Whatever a spec compares with is known. */
const beside = {
  against: Object.fromEntries(clients.map(({ name }) => [name, { expected: 1, scatter: 0.1, replicates: 10 }])),
}

const isRecorded = (client: string, scenario: string): boolean => client === 'axios' && scenario === 'small-4'

function budgetsFor(subjects: readonly { client: string; scenario: string }[]): BudgetFile {
  const clients: Record<string, Record<string, TunedScenario>> = {}
  for (const { client, scenario } of subjects) {
    clients[client] = { ...clients[client], [scenario]: { ...tunedThroughout, ...recording.tuned, ...beside } }
  }
  return { ...budgetFileOf(), clients }
}

const [root = process.cwd()] = process.argv.slice(2)
const options = { project: projectAt(root), seed: 1, effort: brief, spreadMs: 0, say: () => {} }
const verdicts: string[] = []
const failures: string[] = []
const found = await survey(await collectSpecs(options.project), openSession(options, budgetFileOf()))
let asRecorded = false
const session = openSession(
  {
    ...options,
    recorded: (client, scenario) =>
      asRecorded || isRecorded(client, scenario) ? recordingOf(client, scenario) : undefined,
    onVerdict: ({ client, scenario }, { budget, state }) => verdicts.push(`${client} ${scenario}, ${budget}: ${state}`),
  },
  budgetsFor(found.flatMap(({ subject }) => subject ?? [])),
)
provideSession(() => session)
for (const { name, run } of found) {
  let problem = await problemOf(run)
  // A page has no merge base. What was measured is right, and is decided as though it were the recording.
  if (problem?.includes('has no reference')) {
    asRecorded = true
    problem = await problemOf(run)
    asRecorded = false
  }
  if (problem !== undefined) failures.push(`${name}: ${problem}`)
}
process.stdout.write(JSON.stringify({ verdicts, failures } satisfies SpecsOutcome))

/** The recording, as though it were of another client under another scenario. */
function recordingOf(client: string, scenario: string): Measurement {
  const renamed = JSON.stringify(recording.measurements[0]).replaceAll('"axios"', JSON.stringify(client))
  return { ...(JSON.parse(renamed) as Measurement), scenario }
}

/** What went wrong with a test, other than by a broken budget. */
async function problemOf(run: () => unknown): Promise<string | undefined> {
  try {
    await inScope(new Scope(), run)
  } catch (error) {
    if (!(error instanceof BudgetFailure)) return error instanceof Error ? error.stack : String(error)
  }
  return undefined
}
