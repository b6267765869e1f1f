import path from 'node:path'
import { exitCodes } from '../../helpers/budgets/exit-code.ts'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { InvalidWorkError } from '../../helpers/measure/invalid-work-error.ts'
import { writeRecord } from '../../helpers/reports/write-record.ts'
import { requireWritable } from '../../helpers/reports/write-whole.ts'
import { drawSeed } from '../../helpers/session/seed.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import type { Surroundings } from '../run.ts'
import { circumstancesHere } from './circumstances.ts'
import { collect } from './collect.ts'
import { openTools } from './open-tools.ts'
import { isTrialOf, notTried, type PartResult } from './part.ts'
import { type PartPlan, parts } from './parts.ts'
import { type Circumstances, type PartName, partNames, proofVersion, type Trial } from './proof.ts'
import { ProofLog } from './proof-log.ts'
import type { Tools } from './tools.ts'

export interface ProveOptions {
  /** Only this part. */
  readonly only?: PartName
  /** About two minutes in all. */
  readonly quick?: boolean
  /** Trials of each case, in the place of the defaults of the parts. */
  readonly trials?: number
  /** File that gets the summary as JSON. */
  readonly json?: string
}

/** Two minutes, by shares of the parts. The gate itself takes longer than that and is left out. */
const quickMs = 115_000
const quickShares: Readonly<Record<PartName, number>> = {
  nulls: 0.3,
  faults: 0.3,
  curve: 0.2,
  agreement: 0.15,
  replay: 0.05,
  time: 0,
}

/** What a test puts in the place of the machine. */
export interface ProveTools {
  readonly openTools: (trials: number | undefined, surroundings: Surroundings) => Promise<Tools>
  readonly circumstances: (libraries: readonly string[], root: string) => Circumstances
}

/**
 * `wiregauge prove`: shows that the gate works on this machine. Goes on with the trials of `reports/proof.json` until
 * every case has enough, and prints what all of them come to. What was to be shown and is not fails the check, but for a
 * quick proof and one that was given up, which say that they show only part.
 *
 * @returns The exit code: 1 when the check failed, also of a proof that was given up.
 * @throws {UsageError} for a proof that cannot be read, and for what cannot be written, before anything is measured.
 */
export async function prove(
  options: ProveOptions,
  surroundings: Surroundings,
  real: ProveTools = { openTools, circumstances: circumstancesHere },
): Promise<number> {
  const { only, quick = false, trials, json } = options
  const { root, out, progress, signal } = surroundings
  if (json !== undefined) summarised(json, () => requireWritable(json))
  const tools = await real.openTools(trials, surroundings)
  const libraries = [...new Set(tools.subjects.flatMap(({ client }) => client.library ?? []))]
  if (libraries.length === 0)
    throw new UsageError(
      'no spec states a budget against the reference about a client and a scenario that wiregauge brings along; there is nothing to ' +
        'prove: builds and faults are made of their libraries',
    )
  const here = real.circumstances(libraries, root)
  const file = path.join(projectAt(root).reports, 'proof.json')
  const log = await ProofLog.open(file, here)
  for (const sentence of log.leftOut) progress.line(sentence)

  const plans = partNames.filter((name) => (only ?? name) === name).map((name) => parts[name](tools))
  const invalid = await collectAll(plans, log, { quick, alone: only !== undefined }, surroundings)
  progress.end()

  out.write(`${headOf(here, libraries)}\n`)
  const results = plans.map((plan) => outcomeOf(plan, log.trials))
  const partial = quick || signal.aborted
  for (const result of results) out.write(`\n${inWords(result, partial)}\n`)
  const failed = results.some(({ failures, missing }) => failures.length > 0 || (missing.length > 0 && !partial))
  const exitCode = exitCodeOf({ invalid, failed, interrupted: signal.aborted })
  if (json !== undefined) {
    const summary = { schemaVersion: proofVersion, ...here, exitCode, parts: results }
    summarised(json, () => writeRecord(json, summary))
  }
  const missing = results.some((result) => result.missing.length > 0)
  out.write(
    `\n${closing({ failed, missing, interrupted: signal.aborted })}; every trial is in ${path.relative(process.cwd(), file)}\n`,
  )
  return exitCode
}

/** Collects the parts, one after the other. @returns Whether a measurement was invalid, which ends it. */
async function collectAll(
  plans: readonly PartPlan[],
  log: ProofLog,
  { quick, alone }: { quick: boolean; alone: boolean },
  { progress, signal }: Surroundings,
): Promise<boolean> {
  try {
    for (const { name, cases } of plans) {
      const share = alone ? 1 : quickShares[name]
      if (quick && share === 0) continue
      const duration = quick ? { durationMs: quickMs * share } : {}
      await collect(cases, log, { progress, signal, drawSeed, now: () => performance.now(), ...duration })
    }
    return false
  } catch (error) {
    if (!(error instanceof InvalidWorkError)) throw error
    progress.line(`a measurement is invalid: ${error.message}`)
    return true
  }
}

/** What a part comes to, with all that it has not shown. */
interface Outcome extends Required<PartResult> {
  /** Trials of the part whose case is none of its own now, or that were made of or decided by something else. */
  readonly leftOut: number
}

function outcomeOf(plan: PartPlan, trials: readonly Trial[]): Outcome {
  const { name, cases, withoutBudget } = plan
  const result = plan.result(trials)
  const missing = [
    ...withoutBudget.map((what) => `there is no budget for it: ${what}`),
    ...notTried(cases, trials),
    ...(result.missing ?? []),
  ]
  const isOfCase = (trial: Trial): boolean => cases.some((each) => isTrialOf(trial, each))
  const leftOut = trials.filter((trial) => trial.part === name && !isOfCase(trial)).length
  return { ...result, missing, leftOut }
}

/** @param partial Whether it was to be shown in part only: then what is missing is counted, and is no failure. */
function inWords({ part, text, failures, missing, leftOut }: Outcome, partial: boolean): string {
  const notShown = missing.map((what) => `FAILED: not shown: ${what}`)
  const counted = missing.length === 0 ? [] : [`not shown yet: ${missing.length} of what this part has to show`]
  return [
    part,
    text,
    ...(leftOut === 0 ? [] : [`${leftOut} earlier trials are left out: what was tried, or what decided, was another`]),
    ...failures.map((failure) => `FAILED: ${failure}`),
    ...(partial ? counted : notShown),
  ].join('\n')
}

function headOf({ machine, packages }: Circumstances, libraries: readonly string[]): string {
  const versions = libraries.map((library) => `${library} ${packages[`node_modules/${library}`] ?? ''}`.trim())
  return `wiregauge prove on ${machine.class} (Node ${machine.node}), with ${versions.join(', ')}`
}

/** Of several, the first in the order of DESIGN section 5; what has failed stays so when the rest was not tried. */
function exitCodeOf({ invalid, failed, interrupted }: Readonly<Record<'invalid' | 'failed' | 'interrupted', boolean>>) {
  if (invalid) return exitCodes.invalid
  if (failed) return exitCodes.regressed
  return interrupted ? exitCodes.interrupted : exitCodes.pass
}

function summarised(file: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw new UsageError(`the summary cannot be written to ${file}: ${(cause as Error).message}`, { cause })
  }
}

function closing({ failed, missing, interrupted }: Readonly<Record<'failed' | 'missing' | 'interrupted', boolean>>) {
  const outcome = failed ? 'the check failed' : 'nothing speaks against the gate'
  const partial = interrupted || (missing && !failed)
  return `${interrupted ? 'interrupted; ' : ''}${outcome}${partial ? ' so far; this shows only part' : ''}`
}
