import { expect, test } from 'vitest'
import { budgetFileOf } from '../../helpers/budgets/test-measurement.ts'
import { axios } from '../../helpers/clients/axios.ts'
import { smallJson } from '../../helpers/scenarios/list.ts'
import { measure } from '../../helpers/session/measure.ts'
import { openSession } from '../../helpers/session/session.ts'
import { projectAt } from '../../helpers/trees/project.ts'
import { type MatcherCall, statedBudgets } from './stated-budgets.ts'
import * as standIn from './vitest-stand-in.ts'

const reference = { tolerates: '1.5 %', catches: '5 %' }

test('what specs state is found without measuring anything', async () => {
  const started: string[] = []
  const session = openSession(
    { project: projectAt('/no-such-project'), seed: 1, say: () => {}, onStart: (client) => started.push(client) },
    budgetFileOf(),
  )
  const run = async () => {
    const { toKeepUpWith, toHoldItsTail, toReach, toSustain, toServe, toCost } = standIn.expect(
      await measure(axios, smallJson({ inFlight: 4 })),
    ) as Record<string, (...stated: unknown[]) => Promise<void>>
    await toKeepUpWith?.('reference', reference)
    await toHoldItsTail?.({ p90: reference })
    await toReach?.('http', reference)
    await toSustain?.({ requestsPerSecond: 800 })
    await toServe?.({ errors: 0 })
    await toServe?.({ pingBeside: reference })
    await toCost?.({ connections: 4 })
    await toCost?.({ requestBytes: 'unchanged' })
  }
  const subject = { client: 'axios', scenario: 'small-4' }
  const calls: MatcherCall[] = []
  const stated = await statedBudgets(
    [
      { name: 'one', tags: [], run, subject },
      { name: 'not measured', tags: [], run: () => started.push('ran') },
    ],
    session,
    (call) => calls.push(call),
  )
  expect([...stated]).toEqual([
    [
      'axios small-4',
      {
        reference,
        tail: { p90: reference },
        against: new Map([['http', reference]]),
        requestsPerSecond: 800,
        service: { errors: 0, pingBeside: reference },
        costs: { connections: 4, requestBytes: 'unchanged' },
      },
    ],
  ])
  expect(started).toEqual([])
  expect(calls).toHaveLength(8)
  expect(calls[2]).toMatchObject({ ...subject, matcher: 'toReach', given: ['http', reference] })
  expect(calls[2]?.stack).toContain('stated-budgets.test.ts')
})
