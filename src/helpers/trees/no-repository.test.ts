import { expect, test } from 'vitest'
import { whyNoRepository } from './no-repository.ts'

test('only outside of a repository it is said what to do; else git says it', () => {
  const none = 'fatal: not a git repository (or any of the parent directories): .git\n'
  expect(whyNoRepository('/shop', none, '; git init')).toBe('/shop is not in a git repository; git init')
  const owned = "fatal: detected dubious ownership in repository at '/shop'\n"
  expect(whyNoRepository('/shop', owned, '; git init')).toBe(
    "git cannot read the repository of /shop: fatal: detected dubious ownership in repository at '/shop'",
  )
})
