import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the oldest axios and undici that are taken give the same as the http adapter, too', {
  timeout: 30_000,
}, async ({ signal }) => {
  const [aliases = '', smoke = ''] = ['aliases.ts', 'smoke.ts'].map((file) => path.join(import.meta.dirname, file))
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', aliases, smoke], { signal })
  expect(JSON.parse(stdout)).toMatchObject({
    axios: '1.7.0',
    undici: '7.0.0',
    differing: {},
    http2InClear: expect.stringContaining('undiciAdapter does not support httpVersion: this undici has no'),
  })
})
