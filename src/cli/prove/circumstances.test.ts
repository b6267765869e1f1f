import { expect, test } from 'vitest'
import { measuringFlags } from '../../helpers/measure/environment.ts'
import { circumstancesHere, differencesOf } from './circumstances.ts'

test('the circumstances here name the packages of the clients and what those need', () => {
  const here = circumstancesHere(['axios'], process.cwd())
  expect(here.packages['node_modules/axios']).toMatch(/^\d+\.\d+\.\d+$/)
  expect(here.packages).toHaveProperty(['node_modules/follow-redirects'])
  expect(here.flags).toEqual(measuringFlags)
  expect(differencesOf(here, structuredClone(here))).toEqual([])
})
