import { describe, expect, test } from 'vitest'
import type { OpenClient, Reply } from '../clients/contract.ts'
import { checkReply, runBatch } from './batch.ts'
import { goodReply } from './test-arm.ts'
import { WrongReplyError } from './wrong-reply-error.ts'

const expected = { status: 200, textLength: 4 }

/** A client whose sends are counted and do what the given function says, by their number from 1. */
function clientOf(sendNumber: (number: number) => Promise<Reply>): OpenClient & { sent: number } {
  const client = {
    sent: 0,
    send: () => sendNumber(++client.sent),
    close: () => {},
  }
  return client
}

/** Lets everything that is due in promises happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe('a batch', () => {
  test('keeps its lanes full until every request is sent, and ends with the last reply', async () => {
    const waiting: (() => void)[] = []
    const client = clientOf(() => new Promise((resolve) => waiting.push(() => resolve(goodReply))))
    let ended = false
    const batch = runBatch(client, 3, 9, expected).then(() => {
      ended = true
    })
    const inFlight: number[] = []
    while (waiting.length > 0) {
      inFlight.push(waiting.length)
      expect(ended).toBe(false)
      waiting.shift()?.()
      await settle()
    }
    await batch
    expect(inFlight).toEqual([3, 3, 3, 3, 3, 3, 3, 2, 1])
    expect(client.sent).toBe(9)
  })

  test('of one request a lane sends each lane once', async () => {
    const client = clientOf(() => Promise.resolve(goodReply))
    await runBatch(client, 4, 4, expected)
    expect(client.sent).toBe(4)
  })

  test('has progress beat with every reply, and not only at its end', async () => {
    const waiting: (() => void)[] = []
    const client = clientOf(() => new Promise((resolve) => waiting.push(() => resolve(goodReply))))
    const progress = { beats: 0 }
    const batch = runBatch(client, 3, 3, expected, progress)
    const seen: number[] = []
    for (const answer of waiting) {
      answer()
      await settle()
      seen.push(progress.beats)
    }
    await batch
    expect(seen).toEqual([1, 2, 3])
  })

  test.each([1, 3])('rejects when send number %d throws', async (failing) => {
    const client = clientOf((number) => {
      if (number === failing) throw new Error('no socket')
      return Promise.resolve(goodReply)
    })
    await expect(runBatch(client, 1, 4, expected)).rejects.toThrow(new Error('no socket'))
  })

  test.each([1, 3])('rejects when send number %d rejects', async (failing) => {
    const client = clientOf((number) =>
      number === failing ? Promise.reject(new Error('reset')) : Promise.resolve(goodReply),
    )
    await expect(runBatch(client, 1, 4, expected)).rejects.toThrow(new Error('reset'))
  })

  test.each([1, 3])('rejects when reply number %d is wrong', async (failing) => {
    const client = clientOf((number) => Promise.resolve({ ...goodReply, status: number === failing ? 500 : 200 }))
    await expect(runBatch(client, 1, 4, expected)).rejects.toThrow(WrongReplyError)
  })
})

describe('a reply', () => {
  test('with the expected status and length passes', () => {
    expect(() => checkReply(goodReply, expected)).not.toThrow()
  })

  test.each<[string, unknown, string]>([
    ['another status', { ...goodReply, status: 503 }, 'got status 503 and 4 characters'],
    ['a shorter body', { ...goodReply, text: 'goo' }, 'got status 200 and 3 characters'],
    ['a body that is no text', { ...goodReply, text: new Uint8Array(5) }, 'got status 200 and object as text'],
    ['no body', { status: 200, headers: {} }, 'got status 200 and undefined as text'],
    ['nothing at all', undefined, 'got status undefined and undefined as text'],
  ])('with %s is refused with what was expected and what came', (_, reply, got) => {
    const check = () => checkReply(reply as Reply, expected)
    expect(check).toThrow(WrongReplyError)
    expect(check).toThrow(`expected status 200 and a body of 4 characters, ${got}`)
  })
})
