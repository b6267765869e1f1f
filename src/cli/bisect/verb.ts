import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { changeText } from '../../helpers/reports/comparison-words.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import { writeRecord } from '../../helpers/reports/write-record.ts'
import { requireWritable } from '../../helpers/reports/write-whole.ts'
import { publishedVersions } from '../../helpers/trees/published-versions.ts'
import { compareOne } from '../compare/compare-one.ts'
import { openersFor, type ProjectOptions, readProject } from '../compare/project.ts'
import { requireRunnable } from '../compare/runs-on.ts'
import { subjectsOf } from '../compare/subjects.ts'
import type { Surroundings } from '../run.ts'
import { bisect } from './bisect.ts'
import { aboutOf, type Found, recordOf } from './bisect-record.ts'
import { bisectExitCode } from './bisect-result.ts'
import { bisectText } from './bisect-text.ts'
import { type Candidates, candidatesOf, type Range } from './candidates.ts'
import { type History, historyExitCode, historyOf } from './chart.ts'
import { cutBy, cutWords } from './cut.ts'
import { historyChart } from './history-chart.ts'
import { type Asked, measureWith } from './measure-step.ts'

export interface BisectVerbOptions extends ProjectOptions {
  readonly good: string
  readonly bad: string
  readonly scenario: string
  /** Measures every version of the range, and draws its history, instead of searching. */
  readonly chart?: boolean
  readonly preReleases?: boolean
  readonly deprecated?: boolean
  readonly json?: string
}

/**
 * `wiregauge bisect`: finds the published version that slowed a client down, or draws the history of all of them. What was
 * measured is written after every step, so that whatever ends the command leaves it.
 *
 * @returns The exit code, also of what was given up.
 * @throws {UsageError} for what was never published, and for an end that the client does not run on; the errors of npm.
 */
export async function bisectVerb(
  client: string,
  options: BisectVerbOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { out, progress, signal, root } = surroundings
  const { scenario, json } = options
  const read = await readProject(options, surroundings)
  const [subject] = subjectsOf({ names: [client], scenario }, read.subjects)
  const library = subject?.client.library
  if (subject === undefined || library === undefined || library.startsWith('./')) {
    throw new UsageError(`${client} runs on no published package, so that it has no versions to search`)
  }
  if (json !== undefined) writing(json, () => requireWritable(json))
  progress.line(`asking the registry for the versions of ${library}`)
  const published = await publishedVersions(library, { signal, npm: { project: root } })
  const range = rangeOf(options, library)
  const candidates = candidatesOf(published, range)
  for (const version of [range.good, range.bad]) {
    requireRunnable(subject.client, { name: `${library}@${version}`, tree: root, library: { name: library, version } })
  }
  // The cap is one on measuring; what npm takes is not known beforehand.
  const session = { ...read.session, startedAtMs: Date.now() }
  const about = aboutOf({ client, scenario }, session)
  const find = options.chart ? chartOf : search
  const found = await find(candidates, {
    session,
    subject,
    signal,
    library,
    widened: options,
    openers: openersFor(options, surroundings),
    keep: (result) => {
      if (json !== undefined) writing(json, () => writeRecord(json, recordOf(about, result)))
    },
  })
  progress.end()
  out.write(`${found.text}\n`)
  return found.exitCode
}

interface Keeping extends Asked {
  /** By which versions the search was widened. */
  readonly widened: Pick<BisectVerbOptions, 'preReleases' | 'deprecated'>
  readonly keep: (result: Found) => void
}

async function chartOf({ versions }: Candidates, asked: Keeping): Promise<{ text: string; exitCode: number }> {
  const keep = (history: History): void => asked.keep({ kind: 'history', ...history })
  const history = await historyOf(versions, { ...asked, onHistory: keep })
  keep(history)
  const words = history.cut === undefined ? '' : `\n\n${plainText(cutWords(history.cut))}`
  return { text: `${historyChart(history.points)}${words}`, exitCode: historyExitCode(history) }
}

async function search(candidates: Candidates, asked: Keeping): Promise<{ text: string; exitCode: number }> {
  const { session, subject, signal } = asked
  const result = await bisect(candidates, {
    measure: measureWith(asked, compareOne),
    cutBy: (error) => cutBy(error, signal),
    onStep: ({ version, against, step }, soFar) => {
      asked.keep({ kind: 'bisect', ...soFar })
      const change = step.state === 'not measurable' ? step.reason : changeText(step)
      session.say(plainText(`${version} against ${against}: ${step.state}, ${change}`))
    },
  })
  asked.keep({ kind: 'bisect', ...result })
  const named = { client: subject.client.name, scenario: subject.scenario.name, seed: session.seed }
  return { text: bisectText({ ...named, ...asked.widened }, result), exitCode: bisectExitCode(result) }
}

function rangeOf({ good, bad, preReleases, deprecated }: BisectVerbOptions, library: string): Range {
  return {
    good: versionIn(good, library),
    bad: versionIn(bad, library),
    ...(preReleases && { prereleases: true }),
    ...(deprecated && { deprecated: true }),
  }
}

/** An end as a version: `8.4.1`, `v8.4.1` and `undici@8.4.1` are the same. */
export function versionIn(text: string, library: string): string {
  const bare = text.startsWith(`${library}@`) ? text.slice(library.length + 1) : text
  return bare.replace(/^v(?=\d)/, '')
}

function writing(file: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw new UsageError(`the result cannot be written to ${file}: ${(cause as Error).message}`, { cause })
  }
}
