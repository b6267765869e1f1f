import { existsSync, readFileSync } from 'node:fs'
import { type BudgetFile, type RecordedReference, readBudgetFile, tunedFor } from '../../helpers/budgets/budget-file.ts'
import { type StatedThresholds, tunedBudgetNames } from '../../helpers/budgets/stated.ts'
import { untunedBudgetNames } from '../../helpers/budgets/untuned.ts'
import type { Client } from '../../helpers/clients/contract.ts'
import { measuringFlags } from '../../helpers/measure/environment.ts'
import { thisMachine } from '../../helpers/measure/machine.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import type { Scenario } from '../../helpers/scenarios/scenario.ts'
import { openSession, type SessionOptions } from '../../helpers/session/session.ts'
import { type Project, projectAt } from '../../helpers/trees/project.ts'
import { referenceIntegrity } from '../../helpers/trees/reference-tree.ts'
import type { Surroundings } from '../run.ts'
import { collectSpecs, ofGate } from '../specs/collect.ts'
import { type StatedBudgets, statedBudgets } from '../specs/stated-budgets.ts'
import { type Subject, type SurveyedTest, selectionOf, survey } from '../survey.ts'
import { CallSites } from './call-sites.ts'
import { changedClients, librariesOf, type MetSubject } from './met-subjects.ts'
import { differencesBetween, type Whereabouts } from './reason-against.ts'
import { restsOnReference } from './rests-on-reference.ts'

/** What is stated for one client and scenario. */
interface StatedSubject {
  readonly client: string
  readonly scenario: string
  readonly stated: StatedThresholds
  /** Names of the budgets. */
  readonly budgets: readonly string[]
}

/** A project as a tuning finds it. */
export interface OpenTuning {
  readonly project: Project
  readonly common: Omit<SessionOptions, 'seed'>
  /** The budget file; one without entries where there is none. */
  readonly file: BudgetFile
  /** Whether there is no file yet. */
  readonly isNew: boolean
  /** The file as it was read; empty where there is none. */
  readonly text: string
  readonly here: Whereabouts
  /** What differs between this machine and that of the file, in words. */
  readonly elsewhere: readonly string[]
  /** Today, as `2026-11-22`. */
  readonly date: string
  /** What the file says about the machine and its own making. */
  readonly tuned: BudgetFile['tuned']
  readonly stated: StatedBudgets
  /** Packages of the clients that the specs measure, by the clients' names. */
  readonly libraries: ReadonlyMap<string, string>
  /** The clients that are asked for with a pair, and whose package is not what their reference is: they cannot be tuned. */
  readonly changed: readonly Client[]
  readonly sites: CallSites
  /** Everything that the specs state, asked for or not: budgets of one kind inform each other. */
  readonly subjects: readonly StatedSubject[]
  /** The tests that measure what is asked for. */
  readonly tests: readonly SurveyedTest[]
  /** Those that ended before they measured anything. */
  readonly failed: readonly SurveyedTest[]
  /** Whether only what has no entry is asked for. */
  readonly missing: boolean
  /** Whether every budget that is tuned is asked for. */
  readonly isWhole: boolean
  /** Whether a client under a scenario is asked for. */
  readonly selects: (client: string, scenario: string) => boolean
}

/** What is to be tuned. */
export interface Asked {
  /** Clients; none means all. */
  readonly names: readonly string[]
  /** Only stated budgets that have no entry. */
  readonly missing: boolean
  /** Also those of wide specs, which are always asked for where clients are named. */
  readonly all: boolean
  /** Today, as `2026-11-22`. */
  readonly date: string
  /** Where and when the runs were measured that it is tuned by. Default: here and today. */
  readonly place?: Pick<RunRecord, 'machine' | 'flags' | 'startedAt'>
  /** Only these clients under these scenarios, as `axios small-4`. Default: what the others say. */
  readonly only?: ReadonlySet<string>
  /** A tree to compare with in the place of the project's, and what the file is to say of it: only what rests on it is tuned. */
  readonly reference?: { readonly tree: string; readonly recorded: BudgetFile['reference'] }
  /** What own code is to be compared with from now on. Default: what the file says. */
  readonly base?: OwnBase
  /** A project that is laid out otherwise. Default: that of the root. */
  readonly project?: Project
}

/** The branch whose merge base own code is compared with, and how that is built. */
export type OwnBase = Required<Pick<RecordedReference, 'base'>> & Pick<RecordedReference, 'build'>

/** The signal ends what is prepared to be compared with. Default: nothing does. */
type TuningSurroundings = Pick<Surroundings, 'root' | 'progress'> & Partial<Pick<Surroundings, 'signal'>>

/**
 * Reads budget file and specs of a project.
 *
 * @throws {UsageError} for unknown clients, and for a budget file, a reference or a spec that is wrong.
 */
export async function openTuning(
  { names, missing, all, date, place, only, reference, base, project: given }: Asked,
  { root, progress, signal = new AbortController().signal }: TuningSurroundings,
): Promise<OpenTuning> {
  const project = { ...(given ?? projectAt(root)), ...(reference && { referenceTree: reference.tree }) }
  const { class: machineClass, processor, cores, platform, node } = place?.machine ?? thisMachine()
  const flags = place?.flags ?? measuringFlags
  const machine = { class: machineClass, processor, cores, platform }
  const tuned = { date: place?.startedAt.slice(0, 10) ?? date, machine, node, flags, packages: {}, runs: 1 }
  const isNew = !existsSync(project.budgetFile)
  const found = isNew ? emptyFile(project, tuned) : readBudgetFile(project.budgetFile)
  const recorded = reference?.recorded ?? found.reference
  const file: BudgetFile = recorded || base ? { ...found, reference: { ...recorded, ...base } } : found
  const here = { machine: machineClass, node, flags }
  const there = { machine: file.tuned.machine.class, node: file.tuned.node, flags: file.tuned.flags }
  const elsewhere = differencesBetween(here, there)
  const common = { project, say: progress.line }
  const met = new Map<string, MetSubject>()
  const onAsked = (client: Client, scenario: Scenario): void => {
    met.set(nameOf({ client: client.name, scenario: scenario.name }), { client, scenario })
  }
  const session = openSession({ ...common, onAsked, seed: 0 }, file)
  const surveyed = await survey(await collectSpecs(project), session)
  const isSelected = selectionOf(names, undefined, subjectsIn(surveyed))
  const wanted = all || names.length > 0 ? surveyed : ofGate(surveyed)
  const measured = only ?? new Set(subjectsIn(wanted).map(nameOf))
  const sites = new CallSites(project.specs)
  const stated = await statedBudgets(surveyed, session, sites.note)
  const isMeant = reference === undefined ? () => true : restsOnReference
  const subjects = [...met].flatMap(([name, { client, scenario }]) => {
    const own = stated.get(name)
    if (own === undefined) return []
    return { client: client.name, scenario: scenario.name, stated: own, budgets: tunedBudgetNames(own).filter(isMeant) }
  })
  const isAsked = (client: string, scenario: string): boolean => {
    const name = nameOf({ client, scenario })
    const own = stated.get(name)
    if (own === undefined || !measured.has(name) || !isSelected(client, scenario)) return false
    return missing
      ? untunedBudgetNames(own, tunedFor(file, client, scenario)).length > 0
      : tunedBudgetNames(own).length > 0
  }
  const tests = wanted.filter(({ subject }) => subject !== undefined && isAsked(subject.client, subject.scenario))
  return {
    project,
    common,
    file,
    isNew,
    text: isNew ? '' : readFileSync(project.budgetFile, 'utf8'),
    here,
    elsewhere,
    date,
    tuned,
    stated,
    libraries: librariesOf([...met.values()]),
    changed: await changedClients(
      [...met].flatMap(([name, subject]) => (stated.get(name)?.reference === undefined ? [] : subject)),
      isAsked,
      session,
      signal,
    ),
    sites,
    subjects,
    tests,
    failed: surveyed.filter(({ failure }) => failure !== undefined),
    missing,
    isWhole: !missing && subjects.every((each) => each.budgets.length === 0 || isAsked(each.client, each.scenario)),
    selects: isAsked,
  }
}

function subjectsIn(tests: readonly SurveyedTest[]): readonly Subject[] {
  return tests.flatMap(({ subject }) => subject ?? [])
}

function nameOf({ client, scenario }: Subject): string {
  return `${client} ${scenario}`
}

function emptyFile(project: Project, tuned: BudgetFile['tuned']): BudgetFile {
  const reference = existsSync(project.referenceTree)
    ? { reference: { integrity: referenceIntegrity(project.referenceTree) } }
    : {}
  return { schemaVersion: 1, tuned, ...reference, clients: {} }
}
