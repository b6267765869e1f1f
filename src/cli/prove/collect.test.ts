import { expect, test } from 'vitest'
import type { Progress } from '../progress.ts'
import { collect } from './collect.ts'
import type { Case } from './part.ts'
import type { Trial } from './proof.ts'
import { timeTrial } from './test-proof.ts'

const quiet: Progress = { live: () => {}, line: () => {}, end: () => {} }

/** A log in memory, cases whose trials take a second each on a clock of their own, and the order in which they came. */
function collecting(
  names: readonly string[],
  { trials = [], wanted = 2 }: { trials?: readonly string[]; wanted?: number } = {},
) {
  const trialOf = (name: string): Trial => ({ ...timeTrial(1), case: name })
  const log = {
    trials: trials.map(trialOf),
    async add(trial: Trial): Promise<void> {
      log.trials = [...log.trials, trial]
    },
  }
  let nowMs = 0
  let beforeEach = (): void => {}
  const cases = names.map(
    (name): Case => ({
      part: 'time',
      name,
      judgedBy: 'gate-1',
      wanted,
      try: async () => {
        beforeEach()
        nowMs += 1_000
        return trialOf(name)
      },
    }),
  )
  const abort = new AbortController()
  const options = { progress: quiet, signal: abort.signal, drawSeed: () => 7, now: () => nowMs }
  return {
    cases,
    log,
    options,
    abort,
    order: () => log.trials.slice(trials.length).map((trial) => trial.case),
    onTry: (act: () => void) => {
      beforeEach = act
    },
  }
}

test('the case with the fewest trials is next, until all have enough', async () => {
  const { cases, log, options, order } = collecting(['a', 'b', 'c'])
  await collect(cases, log, options)
  expect(order()).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
})

test('a collection goes on where it was broken off', async () => {
  const { cases, log, options, order } = collecting(['a', 'b', 'c'], { trials: ['a', 'b', 'a'] })
  await collect(cases, log, options)
  expect(order()).toEqual(['c', 'b', 'c'])
})

test('trials decided by other budgets do not count', async () => {
  const { cases, log, options, order } = collecting(['a'], { trials: ['a', 'a'] })
  await collect(
    cases.map((each) => ({
      ...each,
      judgedBy: 'others',
      wanted: 1,
      try: async (seed: number) => ({ ...(await each.try(seed)), judgedBy: 'others' }),
    })),
    log,
    options,
  )
  expect(order()).toEqual(['a'])
})

test('within a time it begins no trial that would end late, but one at least', async () => {
  const some = collecting(['a', 'b'], { wanted: 10 })
  await collect(some.cases, some.log, { ...some.options, durationMs: 3_500 })
  expect(some.order()).toEqual(['a', 'b', 'a'])
  const one = collecting(['a', 'b'])
  await collect(one.cases, one.log, { ...one.options, durationMs: 10 })
  expect(one.order()).toEqual(['a'])
})

test('given up in a trial, it keeps those before it and throws nothing', async () => {
  const { cases, log, options, order, abort, onTry } = collecting(['a', 'b', 'c'])
  onTry(() => {
    if (order().length < 2) return
    abort.abort()
    throw new Error('killed')
  })
  await collect(cases, log, options)
  expect(order()).toEqual(['a', 'b'])
})

test('a trial that fails otherwise ends it', async () => {
  const { cases, log, options, onTry } = collecting(['a'])
  onTry(() => {
    throw new Error('the patch does not fit')
  })
  await expect(collect(cases, log, options)).rejects.toThrow('the patch does not fit')
})
