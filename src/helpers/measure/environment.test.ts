import { expect, test } from 'vitest'
import { measuringEnvironment, measuringFlags } from './environment.ts'

test('a measuring process sees the variables that it needs, and nothing that clients or Node heed', () => {
  const own = {
    PATH: '/bin',
    HOME: '/home/one',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    NODE_OPTIONS: '--max-semi-space-size=1',
    NODE_ENV: 'test',
    VITEST: 'true',
    HTTP_PROXY: 'http://proxy',
    https_proxy: 'http://proxy',
    NO_PROXY: '*',
    SECRET: 'unknown variables stay out',
  }
  expect(measuringEnvironment(own)).toEqual({
    PATH: '/bin',
    HOME: '/home/one',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  })
})

test('an absent variable stays absent', () => {
  expect(measuringEnvironment({ PATH: undefined })).toEqual({})
})

test('measuring processes get flags that change nothing about heap or compiler', () => {
  expect(measuringFlags).toEqual(['--experimental-import-meta-resolve', '--no-warnings'])
})
