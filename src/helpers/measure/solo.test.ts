import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { http } from '../clients/http.ts'
import { smallJson } from '../scenarios/list.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import { measureSolo } from './solo.ts'

describe('arms measured alone', () => {
  const tree = path.resolve(import.meta.dirname, '../../..')
  const jobOf = (...arms: string[]) => ({
    client: { module: http.module, exportName: http.exportName },
    scenario: smallJson({ inFlight: 4 }),
    arms: arms.map((name) => ({ name, tree })),
    seed: 7,
    requestTimeoutMs: 5_000,
  })
  const effort = { warmUpMs: 1, sliceMs: 2, slices: 2 }
  const never = new AbortController().signal

  test('give one estimate', async () => {
    const replicate = await measureSolo(jobOf('current', 'reference'), effort, never)
    expect(replicate).toEqual({ seed: 7, logRatio: expect.any(Number) })
    expect(replicate.logRatio).not.toBeNaN()
  }, 20_000)

  test('are two', async () => {
    await expect(measureSolo(jobOf('current'), effort, never)).rejects.toThrow(
      new InvalidWorkError('arms alone are two, not 1'),
    )
  }, 20_000)
})
