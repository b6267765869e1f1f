import { isDeepStrictEqual } from 'node:util'
import type { ReplyShape } from '../texts/adapter.ts'

/** How a value holds what the JSON of an answer says; undefined where it does not. */
export function replyShape(value: unknown, answer: unknown): ReplyShape | undefined {
  if (isSame(value, answer)) return 'value'
  if (typeof value === 'string') return isSame(parsed(value), answer) ? 'text' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const { data, body, status, headers, text } = value as Record<string, unknown>
  if (typeof status === 'number' && typeof headers === 'object' && typeof text === 'function') return 'response'
  if (isSame(data, answer)) return 'data'
  return isSame(body, answer) ? 'body' : undefined
}

/** Compared as JSON: instances of classes that hold what was sent are that. */
function isSame(value: unknown, answer: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isDeepStrictEqual(value, answer)
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), answer)
  } catch {
    return false
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
