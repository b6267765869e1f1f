import { expect, test } from 'vitest'
import { versionIn } from './verb.ts'

test.each(['8.4.1', 'v8.4.1', 'undici@8.4.1', 'undici@v8.4.1'])('%s is the end 8.4.1', (text) => {
  expect(versionIn(text, 'undici')).toBe('8.4.1')
})
