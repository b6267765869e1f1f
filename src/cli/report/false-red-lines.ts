import { count, countOf } from '../../helpers/reports/figures.ts'
import { upperBoundOfShare } from '../../helpers/statistics/proportion.ts'
import { isRed } from '../prove/decided-case.ts'
import { percent } from '../prove/figures.ts'
import { ofPart, type SimulatedTrial, type Trial } from '../prove/proof.ts'

/** How often the gate is red where nothing is slower: among decisions about equal builds, and in simulated runs. */
export function falseRedLines(trials: readonly Trial[]): readonly string[] {
  return [...countedLine(trials), ...simulatedLine(trials)]
}

function countedLine(trials: readonly Trial[]): readonly string[] {
  const nulls = ofPart(trials, 'nulls')
  const verdicts = nulls.flatMap((trial) => trial.verdicts)
  if (verdicts.length === 0) return []
  const reds = verdicts.filter(isRed).length
  return [
    `false reds: ${count(reds)} in ${countOf(verdicts.length, 'decision')} about equal builds (` +
      `${countOf(nulls.length, 'trial')}), so at most ${percent(upperBoundOfShare(reds, verdicts.length))} of them (95 % bound)`,
  ]
}

function simulatedLine(trials: readonly Trial[]): readonly string[] {
  const replays = ofPart(trials, 'replay').filter((trial): trial is SimulatedTrial => trial.kind === 'runs')
  const [first] = replays
  if (first === undefined) return []
  const sum = (value: (trial: SimulatedTrial) => number): number => replays.reduce((all, each) => all + value(each), 0)
  const [runs, reds] = [sum((trial) => trial.simulatedRuns), sum((trial) => trial.runsWithFalseRed)]
  return [
    `false reds: in ${count(reds)} of ${countOf(runs, 'simulated run')} of the whole gate (${percent(reds / runs)}), ` +
      `drawn from ${countOf(first.basis.recordedRuns, 'recorded run')}`,
  ]
}
