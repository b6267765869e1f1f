import { expect, test } from 'vitest'
import { openCommand } from './open-in-browser.ts'

test.each([
  ['linux', ['xdg-open', 'file:///a.html']],
  ['freebsd', ['xdg-open', 'file:///a.html']],
  ['darwin', ['open', 'file:///a.html']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler', 'file:///a.html']],
] as const)('on %s a page is opened by %j', (platform, command) => {
  expect(openCommand('file:///a.html', platform)).toEqual(command)
})
