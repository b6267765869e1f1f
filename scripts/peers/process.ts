/**
 * One fresh process of `bench-peers.ts`: opens the arms of a setting, measures them by one method and prints a line of
 * JSON. Not run by hand.
 */
import process from 'node:process'
import { openedArms } from './arms.ts'
import { measureByMitata } from './mitata.ts'
import type { Setting } from './setting.ts'
import { latencies, measureByTinybench } from './tinybench.ts'
import { measureByWiregauge } from './wiregauge.ts'

const [method = '', json = ''] = process.argv.slice(2)
const setting: Setting = JSON.parse(json)
console.log(JSON.stringify(await result()))

async function result(): Promise<unknown> {
  switch (method) {
    case 'wiregauge':
      return pair(measureByWiregauge)
    case 'tinybench':
      return pair(measureByTinybench)
    case 'mitata':
      return pair(measureByMitata)
    case 'reference':
    case 'current': {
      // A job of its own for one version: the same tinybench as beside, with one task.
      const arms = await openedArms(setting, [method])
      const [latency] = await latencies([method], setting.durationMs / 2, arms)
      await arms.finish()
      return latency
    }
    default:
      throw new RangeError(`no method named ${method}`)
  }
}

async function pair<Result>(
  measure: (setting: Setting, arms: Awaited<ReturnType<typeof openedArms>>) => Promise<Result>,
) {
  const arms = await openedArms(setting)
  const estimates = await measure(setting, arms)
  await arms.finish()
  return estimates
}
