import { describe, expect, test } from 'vitest'
import { budgetFileOf } from '../budgets/test-measurement.ts'
import { projectAt } from '../trees/project.ts'
import { currentSession, openSession, provideSession } from './session.ts'

describe('a session', () => {
  test('is opened once, by the first who asks', () => {
    let opened = 0
    const session = openSession({ project: projectAt('/no-such-project'), seed: 1, say: () => {} }, budgetFileOf())
    provideSession(() => {
      opened++
      return session
    })
    expect(opened).toBe(0)
    expect([currentSession(), currentSession()]).toEqual([session, session])
    expect(opened).toBe(1)
  })

  test('needs the budget file of its project', () => {
    const project = projectAt('/no-such-project')
    expect(() => openSession({ project, seed: 1, say: () => {} })).toThrow(
      `${project.budgetFile} is missing; it holds what the budgets of the specs were tuned to. Run from the folder that holds perf/; \`npx wiregauge tune --write\` begins the file`,
    )
  })
})
