import type { MachineState } from '../measure/result.ts'
import { chiSquareQuantile } from '../statistics/chi-square.ts'

/**
 * Share of the cores' time beyond which stolen time makes error rates doubtful. DESIGN's evidence comes from a machine
 * that loses about 10 %; twice that is another machine.
 */
const mostStolen = 0.2

/** Share of the wall time beyond which a quota, a container's, that held the processor back does so. */
const mostThrottled = 0.05

/** Why the machine was too noisy during one measurement, with figures; undefined when it was not. */
export function machineNoise({ stealShare = 0, throttledShare = 0 }: MachineState): string | undefined {
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
  if (stealShare > mostStolen) return `${percent(stealShare)} of the cores' time was stolen`
  if (throttledShare > mostThrottled) return `the processor was throttled for ${percent(throttledShare)} of the time`
  return undefined
}

/** Probability with which a run like those of the tuning passes for too noisy. */
const falseAlarm = 0.001

/**
 * Why a run is too noisy, seen from its own A/A pairs: the sum of their squared deviations is a chi-square with as many
 * degrees of freedom as there are replicates, if they scatter as at tuning.
 *
 * @param deviations Log-ratios between equal arms, each divided by its tuned scatter.
 */
export function nullNoise(deviations: readonly number[]): string | undefined {
  if (deviations.length === 0) return undefined
  const squares = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0)
  if (squares <= chiSquareQuantile(1 - falseAlarm, deviations.length)) return undefined
  const times = Math.sqrt(squares / deviations.length).toFixed(1)
  return `this run's own A/A pairs scatter ${times} times more than at tuning (${deviations.length} replicates)`
}
