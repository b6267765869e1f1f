import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progressOn } from './progress.ts'

beforeEach(() => vi.stubEnv('CI', undefined))
afterEach(() => vi.unstubAllEnvs())

/** A stream as a terminal or a file is one, and everything that was written to it. */
function streamOf(facts: { isTTY: boolean; columns?: number }) {
  const stream = new PassThrough({ encoding: 'utf8' })
  return { stream: Object.assign(stream, facts) as unknown as NodeJS.WriteStream, written: () => String(stream.read()) }
}

function reportOn(stream: NodeJS.WriteStream): void {
  const progress = progressOn(stream)
  progress.live('measuring axios small-4')
  progress.live('measuring http small-4')
  progress.line('axios small-4 is measured (14.2 s)')
  progress.end()
}

const erase = '\r\u001b[K'

test('in a terminal what happens is one line that is replaced, and what stays comes above it', () => {
  const { stream, written } = streamOf({ isTTY: true, columns: 80 })
  reportOn(stream)
  expect(written()).toBe(
    `${erase}wiregauge: measuring axios small-4 …${erase}wiregauge: measuring http small-4 …` +
      `${erase}wiregauge: axios small-4 is measured (14.2 s)\n${erase}`,
  )
})

test('the line never reaches the last column, where a terminal would begin another', () => {
  const { stream, written } = streamOf({ isTTY: true, columns: 20 })
  progressOn(stream).live('measuring axios small-4')
  expect(written()).toBe(`${erase}wiregauge: measurin`)
})

test('elsewhere there are plain lines of what stays, without control characters', () => {
  const { stream, written } = streamOf({ isTTY: false })
  reportOn(stream)
  expect(written()).toBe('wiregauge: axios small-4 is measured (14.2 s)\n')
})

test('a message of others stays text, whatever it says, and each of its lines has our name before it', () => {
  const { stream, written } = streamOf({ isTTY: false })
  progressOn(stream).line('boom\n::error::hi\r\u001b[2K##[warning]ho')
  expect(written()).toBe('wiregauge: boom\nwiregauge: \\u{3a}:error::hi\\u{d}\\u{1b}[2K##\\u{5b}warning]ho\n')
})

test('a terminal of a CI gets plain lines', () => {
  vi.stubEnv('CI', 'true')
  const { stream, written } = streamOf({ isTTY: true, columns: 80 })
  reportOn(stream)
  expect(written()).toBe('wiregauge: axios small-4 is measured (14.2 s)\n')
})
