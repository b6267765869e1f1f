import type { ComparisonReport } from '../../helpers/reports/comparison.ts'
import { CapReachedError } from '../../helpers/session/cap-reached-error.ts'
import { earlierNoise, readNoise } from '../../helpers/session/noise-history.ts'
import type { Surroundings } from '../run.ts'
import { changesOf, requireSidesInstalled } from './changed.ts'
import { compareOne } from './compare-one.ts'
import { explain } from './explain.ts'
import { keepNoise, measureNoise } from './noise.ts'
import { type OutputFiles, printOutputs, requireOutputs, writeOutputs } from './outputs.ts'
import { openersFor, type ProjectOptions, readProject } from './project.ts'
import { Results } from './results.ts'
import { runnableOf } from './runs-on.ts'
import { openSides, requireComparable } from './side.ts'
import { type ComparedSubject, subjectsOf } from './subjects.ts'
import { parseTarget, type Target } from './target.ts'

export interface CompareOptions extends OutputFiles, ProjectOptions {
  readonly base: string
  /** Default: the working tree. */
  readonly head?: string
  readonly scenario?: string
  /** Between trees, also what cannot have changed. */
  readonly all?: boolean
  /** Profiles of everything, and not only of what regressed. */
  readonly explain?: boolean
}

/**
 * `wiregauge compare`: measures head against base, side by side, decides as the gate does, and reports.
 *
 * @returns The exit code, also of a comparison that was given up.
 * @throws {UsageError} and the errors of npm and git, before anything is measured.
 */
export async function compare(
  names: readonly string[],
  options: CompareOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { progress, signal, out } = surroundings
  const targets = { base: parseTarget(options.base), head: parseTarget(options.head) }
  requireComparable(targets.base, targets.head)
  const read = await readProject(options, surroundings)
  const { project } = read.session
  const asked = subjectsOf({ names, ...scenarioOf(options), ...libraryOf(targets) }, read.subjects)
  requireOutputs(options, project)
  const sides = await openSides(targets.base, targets.head, openersFor(options, surroundings))
  // The cap is one on measuring; what npm takes is not known beforehand.
  const session = { ...read.session, startedAtMs: Date.now() }
  const isNamed = names.length > 0
  await requireSidesInstalled([...new Set(asked.map(({ client }) => client))], sides, project.root)
  const able = runnableOf(asked, sides, { isNamed, say: progress.line })
  const isWhole = isNamed || options.all === true || !areTrees(targets)
  const clients = [...new Set(able.map(({ client }) => client))]
  const changes = isWhole ? undefined : await changesOf(clients, sides, project.root)
  const reasons = changes?.reasons
  const removed = [...(changes?.removed ?? [])]
  if (removed.length > 0) progress.line(`only in base, not measured: ${removed.join(', ')}`)
  const subjects = able.filter(({ client }) => reasons?.has(client.name) ?? true)
  const unchanged = clients.filter(({ name }) => reasons?.has(name) === false && !removed.includes(name))

  const earlier = earlierNoise(readNoise(project.reports, progress.line), session.machine)
  const results = new Results(subjects, {
    machine: session.machine.class,
    base: sides.base.name,
    head: sides.head.name,
    unchanged: unchanged.map(({ name }) => name),
    ...(removed.length > 0 && { removed }),
    ...(earlier && { earlierNoise: earlier }),
  })
  const ending = new AbortController()
  const working = AbortSignal.any([signal, ending.signal])
  let noise: number | undefined
  let wrong: { readonly error: unknown } | undefined
  // Before the first result: whatever ends this process leaves a file that says that it is partial.
  writeOutputs(reportNow(), options, project)
  // At the same time: what is open waits for its next look while others have theirs, one measuring at a time.
  await Promise.all(subjects.map((subject, index) => oneOf(subject, index).catch(stoppedAt(index))))
  if (subjects.length === 0)
    noise = await measureNoise({ session, sides, subjects: able, signal: working }).catch(stoppedAt('noise'))
  results.end()
  keepNoise(session)
  progress.end()
  const report = reportNow()
  writeOutputs(report, options, project)
  printOutputs(report, project, { out, say: progress.line })
  if (wrong !== undefined) throw wrong.error
  return report.exitCode

  async function oneOf(subject: ComparedSubject, index: number): Promise<void> {
    const { client, scenario } = subject
    const stated = read.stated.get(`${client.name} ${scenario.name}`)
    const because = reasons?.get(client.name) ?? []
    const result = await compareOne({ session, sides, subject, stated, because, signal: working })
    results.keep(index, result.comparison)
    writeOutputs(reportNow(), options, project)
    const isRed = result.comparison.verdicts.some(({ state }) => state === 'regressed')
    if (!isRed && options.explain !== true) return
    const explanation = await explain(session, result, sides)
    if (explanation !== undefined) results.keep(index, { ...result.comparison, explanation })
  }

  /** What the cap left out is told by the report; any other error ends the command, and what is measured beside it. */
  function stoppedAt(index: number | 'noise'): (error: unknown) => undefined {
    return (error) => {
      if (working.aborted) return
      results.fail(index, error)
      if (error instanceof CapReachedError) progress.line(error.message)
      else {
        wrong = { error }
        ending.abort()
      }
    }
  }

  function reportNow(): ComparisonReport {
    return results.report({
      interrupted: signal.aborted,
      strict: session.strict,
      noise: noise ?? session.nullHistory.difference,
    })
  }
}

function scenarioOf({ scenario }: CompareOptions): { scenario?: string } {
  return scenario === undefined ? {} : { scenario }
}

function libraryOf({ base, head }: { base: Target; head: Target }): { library?: string } {
  const version = [base, head].find((target) => target.kind === 'version')
  return version === undefined ? {} : { library: version.package }
}

function areTrees({ base, head }: { base: Target; head: Target }): boolean {
  return [base, head].every(({ kind }) => kind !== 'version' && kind !== 'node')
}
