import { expect, test } from 'vitest'
import { descriptionIn } from './description.ts'

test('a page says of its module what stands before its members', () => {
  const page = '# wiregauge/one\n\nA set-up file.\n\nIt exports one.\n\n## Variables\n\n### one\n\nOne.\n'
  expect(descriptionIn(page)).toBe('A set-up file.\n\nIt exports one.')
  expect(descriptionIn('# wiregauge/none\n\nA set-up file.\n')).toBe('A set-up file.')
})

test('a heading alone says nothing, and members do not speak for their module', () => {
  expect(descriptionIn('# wiregauge/none\n')).toBe('')
  expect(descriptionIn('# wiregauge/one\n\n## Variables\n\n### one\n\nOne.\n')).toBe('')
})
