import { isDeepStrictEqual } from 'node:util'
import type { Reply } from '../clients/contract.ts'
import { headerOf } from '../clients/header.ts'
import type { ExpectedAnswer } from '../targets/answers.ts'
import type { ExpectedReply } from './batch.ts'
import { excerptOf, excerptOfText } from './excerpt.ts'
import { ValueSample } from './value-sample.ts'

/** What of an answer's JSON a client gives as its value. */
export type ValueIn = (answer: unknown) => unknown

/**
 * Compares one reply in full with what the target sends: status, content type and every character of the body, or the whole
 * value of a client that gives values.
 *
 * @param valueIn Default: all of the answer.
 * @returns What is wrong in words, or undefined.
 */
export function wrongReply(reply: unknown, answer: ExpectedAnswer, valueIn?: ValueIn): string | undefined {
  if (typeof reply !== 'object' || reply === null) {
    return `expected { status, headers, text } or { value }, got ${excerptOf(reply)}`
  }
  return 'value' in reply ? wrongValue(reply.value, answer, valueIn) : wrongAnswer(reply, answer)
}

/** What each later reply of a client is compared with, when the first was right. */
export function likeFirst(first: Reply, answer: ExpectedAnswer): ExpectedReply {
  if ('value' in first) return { sample: new ValueSample(first.value) }
  return { status: answer.status, textLength: answer.text.length }
}

function wrongAnswer(
  { status, headers, text }: { status?: unknown; headers?: unknown; text?: unknown },
  expected: ExpectedAnswer,
): string | undefined {
  if (status !== expected.status) return `expected status ${expected.status}, got ${status}`
  const contentType = headerOf(headers, 'content-type')
  if (contentType !== expected.contentType) {
    return `expected content-type ${expected.contentType}, got ${contentType}`
  }
  if (typeof text !== 'string') return `expected the body as text, got ${typeof text}`
  if (text !== expected.text) {
    return `the body differs: expected ${excerptOfText(expected.text)}, got ${excerptOfText(text)}`
  }
  return undefined
}

function wrongValue(value: unknown, answer: ExpectedAnswer, valueIn: ValueIn = (all) => all): string | undefined {
  const expected = valueIn(valueOfAnswer(answer))
  // An SDK says in its own way that an answer has no body.
  if (expected === undefined && (value === null || value === '')) return undefined
  if (isDeepStrictEqual(value, expected) || isDeepStrictEqual(throughJson(value), throughJson(expected))) {
    return undefined
  }
  return `the value differs: expected ${excerptOf(expected)}, got ${excerptOf(value)}`
}

/** The value of an answer: its JSON, its text where it is none, undefined without a body. */
function valueOfAnswer({ contentType = '', text }: ExpectedAnswer): unknown {
  if (text === '') return undefined
  return /[/+]json\b/i.test(contentType) ? JSON.parse(text) : text
}

/** What JSON makes of a value, by which instances of classes and dates equal what they were made of. */
function throughJson(value: unknown): unknown {
  try {
    const json = JSON.stringify(value)
    return json === undefined ? undefined : JSON.parse(json)
  } catch {
    // A circle, or a bigint: no value that JSON has.
    return value
  }
}
