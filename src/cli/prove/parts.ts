import type { Case, PartResult } from './part.ts'
import { agreementCases, agreementResult } from './parts/agreement.ts'
import { curveCases, curveResult } from './parts/curve.ts'
import { faultCases, faultsResult, untriedFaults } from './parts/faults.ts'
import { nullCases, nullsResult } from './parts/nulls.ts'
import { replayCases, replayResult } from './parts/replay.ts'
import { timeCases, timeResult } from './parts/time.ts'
import { ofPart, type PartName, type Trial } from './proof.ts'
import type { Tools } from './tools.ts'

/** What a part tries, and what its trials come to. */
export interface PartPlan {
  readonly name: PartName
  readonly cases: readonly Case[]
  result(trials: readonly Trial[]): PartResult
}

/** Every part; the list of subjects of the proof lives here. */
export const parts: Readonly<Record<PartName, (tools: Tools) => PartPlan>> = {
  nulls: (tools) => {
    const cases = nullCases(tools)
    return { name: 'nulls', cases, result: (all) => nullsResult(cases, ofPart(all, 'nulls'), tools.falseRedRate) }
  },
  faults: (tools) => {
    const cases = faultCases(tools)
    return { name: 'faults', cases, result: (all) => faultsResult(cases, ofPart(all, 'faults'), untriedFaults(tools)) }
  },
  curve: (tools) => {
    const cases = curveCases(tools)
    return { name: 'curve', cases, result: (all) => curveResult(cases, ofPart(all, 'curve')) }
  },
  agreement: (tools) => {
    const cases = agreementCases(tools)
    return { name: 'agreement', cases, result: (all) => agreementResult(cases, ofPart(all, 'agreement')) }
  },
  replay: (tools) => {
    const cases = replayCases(tools)
    return { name: 'replay', cases, result: (all) => replayResult(cases, ofPart(all, 'replay')) }
  },
  time: (tools) => {
    const cases = timeCases(tools)
    return { name: 'time', cases, result: (all) => timeResult(cases, ofPart(all, 'time')) }
  },
}
