import { expect, test } from 'vitest'
import { budgetFileOf } from '../helpers/budgets/test-measurement.ts'
import { openSession, provideSession } from '../helpers/session/session.ts'
import { projectAt } from '../helpers/trees/project.ts'
import { measureRest } from './matrix.ts'

test('given up while it measures, it measures nothing more and ends without an error', async () => {
  const started: string[] = []
  const interruption = new AbortController()
  const session = openSession(
    {
      project: projectAt('/no-such-project'),
      seed: 1,
      say: () => {},
      signal: () => interruption.signal,
      onStart: (client, scenario) => {
        started.push(`${client} ${scenario}`)
        interruption.abort()
      },
    },
    budgetFileOf(),
  )
  provideSession(() => session)
  await measureRest([], session)
  expect(started).toEqual(['http sequential'])
})
