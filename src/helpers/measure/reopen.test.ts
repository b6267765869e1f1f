import { describe, expect, test } from 'vitest'
import type { ClientRequest, Reply } from '../clients/contract.ts'
import { http } from '../clients/http.ts'
import { expectedAnswer } from '../targets/answers.ts'
import { startTarget } from '../targets/target.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import { type ReopenableArm, type RequestChanges, reopen } from './reopen.ts'
import { armOf, goodReply } from './test-arm.ts'

const answer = { status: 200, contentType: 'text/plain', text: 'good' }
const right: Reply = { ...goodReply, headers: { 'content-type': 'text/plain' } }

/** An arm whose clients give the replies of a list, one each, and note in `events` what becomes of them. */
function armThatReplies(replies: readonly Reply[]) {
  const events: string[] = []
  let opened = 0
  const arm: ReopenableArm = {
    ...armOf('current', async () => right),
    client: { send: async () => right, close: () => void events.push('the first is closed') },
    answer,
    async open(changes: RequestChanges) {
      const number = ++opened
      events.push(`${number} is opened with ${JSON.stringify(changes)}`)
      return {
        send: async () => {
          events.push(`${number} sends`)
          return replies[number - 1] ?? right
        },
        close: async () => void events.push(`${number} is closed`),
      }
    },
  }
  return { arm, events }
}

describe('an arm that is opened anew', () => {
  test('closes its client first, and its new one makes a request that counts', async () => {
    const { arm, events } = armThatReplies([])
    await reopen(arm)
    await arm.client.send()
    expect(events).toEqual(['the first is closed', '1 is opened with {}', '1 sends', '1 sends'])
    expect(arm.asked).toBe(1)
  })

  test('keeps nothing of the changes before', async () => {
    const { arm, events } = armThatReplies([])
    await reopen(arm, { mock: { handlers: 100, requests: 'answered' } })
    await reopen(arm, { connections: 2 })
    expect(events.filter((event) => event.includes('opened'))).toEqual([
      '1 is opened with {"mock":{"handlers":100,"requests":"answered"}}',
      '2 is opened with {"connections":2}',
    ])
  })

  test('is invalid where the first answer is wrong, and the request counts all the same', async () => {
    const { arm } = armThatReplies([{ ...right, status: 404 }])
    await expect(reopen(arm)).rejects.toThrow(
      new InvalidWorkError('current: the first answer is wrong: expected status 200, got 404'),
    )
    expect(arm.asked).toBe(1)
  })

  test('has new connections at the port that it has', async () => {
    await using target = await startTarget({ ports: 1 })
    const port = target.ports[0] ?? 0
    const request: ClientRequest = {
      origin: `http://127.0.0.1:${port}`,
      path: '/json',
      method: 'GET',
      headers: {},
      connections: 1,
    }
    const open = (changes: RequestChanges) => http.open(undefined, { ...request, ...changes })
    const whole = expectedAnswer(request)
    const expected = { status: whole.status, textLength: whole.text.length }
    const arm: ReopenableArm = { name: 'http', client: await open({}), open, port, expected, asked: 0, answer: whole }
    await arm.client.send()
    await reopen(arm)
    await arm.client.send()
    await arm.client.close()
    expect((await target.snapshot()).counters[0]).toMatchObject({ requests: 3, connections: 2 })
  })
})
