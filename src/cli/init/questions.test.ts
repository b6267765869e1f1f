import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { QuestionInterruptedError, questionsIn } from './questions.ts'

/** Asks in a terminal in which somebody types, as soon as the question is there. */
async function answerTo(typed: string | AbortController, otherwise?: string): Promise<string> {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { isTTY: true })
  const controller = typeof typed === 'string' ? new AbortController() : typed
  const asked = questionsIn(input, output, controller.signal).ask('write it?', otherwise)
  // Whoever fails while the terminal is waited for has its failure told below.
  asked.catch(() => {})
  await once(output, 'data')
  if (typeof typed === 'string') input.write(typed)
  else typed.abort()
  return await asked
}

test('what is typed is the answer, and else the default', async () => {
  expect(await answerTo(' no \n', 'y')).toBe('no')
  expect(await answerTo('\n', 'y')).toBe('y')
  expect(await answerTo('\n')).toBe('')
})

test.each([
  ['Ctrl-C', '\x03'],
  ['Ctrl-D', '\x04'],
  ['the end of the command', new AbortController()],
])('%s at a question is an interruption, and no failure', async (_, typed) => {
  await expect(answerTo(typed, 'y')).rejects.toThrow(QuestionInterruptedError)
})
