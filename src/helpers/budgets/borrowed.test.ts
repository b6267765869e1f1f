import { describe, expect, test } from 'vitest'
import { borrowedValue } from './borrowed.ts'
import type { BudgetFile } from './budget-file.ts'
import { budgetFileOf } from './test-measurement.ts'

const scatteringBy = (scatter: number) => ({ expected: 1, scatter, replicates: 15 })
const file: BudgetFile = {
  ...budgetFileOf(),
  clients: {
    axios: { 'small-4': { reference: scatteringBy(0.005) }, 'download-1m': { reference: scatteringBy(0.07) } },
    undici: { 'small-4': { reference: scatteringBy(0.01) }, sequential: {} },
  },
}
const reference = (client: string, scenario: string, from = file) =>
  borrowedValue(from, { client, scenario }, (tuned) => tuned.reference)

describe('the scatter of a budget', () => {
  test('is its own where it was tuned', () => {
    expect(reference('axios', 'small-4')).toEqual({ value: scatteringBy(0.005) })
  })

  test('is else the widest of the same scenario', () => {
    expect(reference('fetch', 'small-4')).toEqual({ value: scatteringBy(0.01), from: 'the scatter of undici small-4' })
  })

  test('is else the widest of all', () => {
    expect(reference('undici', 'sequential')?.from).toBe('the scatter of axios download-1m')
  })

  test('is unknown where nothing was tuned', () => {
    expect(reference('axios', 'small-4', { ...file, clients: {} })).toBeUndefined()
  })
})
