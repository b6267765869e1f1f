import type { Case, PartResult } from './part.ts'
import { agreementCases, agreementResult, agreementsWithoutBudget } from './parts/agreement.ts'
import { curveCases, curveResult, pointsWithoutBudget } from './parts/curve.ts'
import { faultCases, faultsResult, faultsWithoutBudget } from './parts/faults.ts'
import { nullCases, nullsResult, nullsWithoutBudget, summariseNulls } from './parts/nulls.ts'
import { replayCases, replayResult } from './parts/replay.ts'
import { timeCases, timeResult } from './parts/time.ts'
import { ofPart, type PartName, type Trial } from './proof.ts'
import type { Tools } from './tools.ts'

/** What a part tries, and what its trials come to. */
export interface PartPlan {
  readonly name: PartName
  readonly cases: readonly Case[]
  /** What is to be shown and is no case, because the project states no budget for it. */
  readonly withoutBudget: readonly string[]
  result(trials: readonly Trial[]): PartResult
}

/** Every part; the list of subjects of the proof lives here. */
export const parts: Readonly<Record<PartName, (tools: Tools) => PartPlan>> = {
  nulls: (tools) => {
    const cases = nullCases(tools)
    const withoutBudget = nullsWithoutBudget(tools)
    const result = (all: readonly Trial[]) => nullsResult(cases, ofPart(all, 'nulls'), tools.falseRedRate)
    return { name: 'nulls', cases, withoutBudget, result }
  },
  faults: (tools) => {
    const cases = faultCases(tools)
    const withoutBudget = faultsWithoutBudget(tools)
    return { name: 'faults', cases, withoutBudget, result: (all) => faultsResult(cases, ofPart(all, 'faults')) }
  },
  curve: (tools) => {
    const cases = curveCases(tools)
    const withoutBudget = pointsWithoutBudget(tools)
    return { name: 'curve', cases, withoutBudget, result: (all) => curveResult(cases, ofPart(all, 'curve')) }
  },
  agreement: (tools) => {
    const cases = agreementCases(tools)
    const withoutBudget = agreementsWithoutBudget(tools)
    return {
      name: 'agreement',
      cases,
      withoutBudget,
      result: (all) => agreementResult(cases, ofPart(all, 'agreement')),
    }
  },
  replay: (tools) => {
    const cases = replayCases(tools)
    return {
      name: 'replay',
      cases,
      withoutBudget: [],
      result: (all) => replayResult(cases, ofPart(all, 'replay'), countedNulls(tools, all)),
    }
  },
  time: (tools) => {
    const cases = timeCases(tools)
    return { name: 'time', cases, withoutBudget: [], result: (all) => timeResult(cases, ofPart(all, 'time')) }
  },
}

function countedNulls(tools: Tools, all: readonly Trial[]) {
  return summariseNulls(nullCases(tools), ofPart(all, 'nulls'))
}
