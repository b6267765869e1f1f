import { expect, test } from 'vitest'
import { plainText, withPlainTexts } from './plain-text.ts'
import { hostileNamesFrom } from './test-hostile.ts'

test('ordinary names stay as they are', () => {
  for (const name of ['axios', '@mswjs/interceptors 0.39.1 → 0.40.0', 'origin/main', 'ünï-cödé 🙂', 'a::b', '#[x]']) {
    expect(plainText(name)).toBe(name)
  }
})

test('ANSI escapes, line breaks and reversed writing are shown and not obeyed', () => {
  expect(plainText('\u001b[31mred')).toBe('\\u{1b}[31mred')
  expect(plainText('a\r\nb')).toBe('a\\u{d}\\u{a}b')
  expect(plainText('a\u202eb')).toBe('a\\u{202e}b')
  expect(plainText('\ud800')).toBe('\\u{d800}')
})

test('what the runner would take for a command is shown and not obeyed', () => {
  expect(plainText('  ::set-output name=a::b')).toBe('  \\u{3a}:set-output name=a::b')
  expect(plainText('a ##[add-mask]b')).toBe('a ##\\u{5b}add-mask]b')
})

test('no text whatever is more than one line that can be seen', () => {
  for (const name of hostileNamesFrom(1, 2_000)) {
    const plain = plainText(name)
    expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/u)
    expect(plain).not.toMatch(/^\s*::|##\[/)
    expect(plainText(plain)).toBe(plain)
  }
})

test('all texts in data are made plain, and nothing else', () => {
  const data = { a: '\n', b: [{ c: '\u001b', d: Number.POSITIVE_INFINITY }], e: true }
  expect(withPlainTexts(data)).toEqual({ a: '\\u{a}', b: [{ c: '\\u{1b}', d: Number.POSITIVE_INFINITY }], e: true })
  expect(data.a).toBe('\n')
})
