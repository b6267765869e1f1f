import type { StatedThresholds } from '../../helpers/budgets/stated.ts'
import { clientNamed } from '../../helpers/clients/list.ts'
import { sequential, smallJson } from '../../helpers/scenarios/list.ts'
import type { Scenario } from '../../helpers/scenarios/scenario.ts'
import type { TrialResult } from '../../helpers/trials/trial.ts'
import type { Circumstances, DecidedTrial, Trial, TrialVerdict } from './proof.ts'
import type { StatedSubject, Tools } from './tools.ts'

/** Builders of what the tests of the proof need; nothing here measures. */

export const here: Circumstances = {
  machine: {
    class: 'test-machine',
    declared: true,
    processor: 'a processor',
    cores: 2,
    platform: 'linux-x64',
    node: '26.10.0',
  },
  flags: ['--no-warnings'],
  packages: { 'node_modules/axios': '1.21.1' },
}

export const small4 = smallJson({ inFlight: 4 })
export const small64 = smallJson({ inFlight: 64 })

export function subject(client: string, scenario: Scenario): StatedSubject {
  const stated: StatedThresholds = { reference: { tolerates: '1.5 %', catches: '5 %' }, against: new Map() }
  return { client: clientNamed(client), scenario, stated, judgedBy: 'budgets-1' }
}

export function verdictOf(state: TrialVerdict['state'], budget = 'throughput against reference'): TrialVerdict {
  return { budget, state, reason: `it is ${state}` }
}

/** What deciding a trial resolves to. */
export function resultOf(changes: Partial<TrialResult> = {}): TrialResult {
  return {
    client: 'axios',
    scenario: 'small-4',
    change: 'same files',
    verdicts: [
      {
        ...verdictOf('pass'),
        client: 'axios',
        scenario: 'small-4',
        compared: 'two',
        sameFiles: false,
        treeChanged: true,
      },
    ],
    logRatios: [0.001, -0.001, 0.002],
    soloLogRatios: [0.01, -0.01],
    durationMs: 12_000,
    replicates: 3,
    seed: 1,
    at: '2026-11-22T12:00:00.000Z',
    ...changes,
  }
}

/** A trial of the whole gate that took so long. */
export function timeTrial(seconds: number, exitCode = 0): Trial {
  const at = '2026-11-22T12:00:00.000Z'
  return { part: 'time', case: 'the whole gate', judgedBy: 'gate-1', seed: 1, at, durationMs: seconds * 1e3, exitCode }
}

/** A trial that was decided. */
export function decidedTrial(changes: Partial<DecidedTrial> = {}): DecidedTrial {
  return {
    part: 'nulls',
    case: 'axios small-4, A/A',
    judgedBy: 'budgets-1',
    seed: 1,
    at: '2026-11-22T12:00:00.000Z',
    durationMs: 12_000,
    client: 'axios',
    scenario: 'small-4',
    change: 'same files',
    logRatios: [0.001, -0.001, 0.002],
    soloLogRatios: [],
    verdicts: [verdictOf('pass')],
    ...changes,
  }
}

/** Tools that measure nothing: every trial passes, in no time. */
export function toolsOf(changes: Partial<Tools> = {}): Tools {
  return {
    root: '/no-such-project',
    subjects: [subject('axios', small4), subject('axios', sequential), subject('undici-request', small4)],
    falseRedRate: 4e-6,
    trials: undefined,
    decide: async ({ client, scenario, change, seed }) =>
      resultOf({ client: client.name, scenario: scenario.name, change: change.name, seed }),
    strictest: ({ stated }, catches) => ({ ...stated, reference: { tolerates: '1.1 %', catches } }),
    compare: async () => ({ paired: -0.05, loaded: -0.055 }),
    comparedBy: 'effort-1',
    runGate: async () => ({ seconds: 200, exitCode: 0 }),
    gatedBy: 'gate-1',
    openReplay: () => undefined,
    ...changes,
  }
}
