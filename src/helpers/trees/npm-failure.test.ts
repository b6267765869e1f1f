import { describe, expect, test } from 'vitest'
import { npmFailure } from './npm-failure.ts'

/** As npm 11.19 says it. */
function failing(code: string, summary: string, detail = ''): Error | undefined {
  const stdout = JSON.stringify({ error: { code, summary, detail } })
  return npmFailure('axios@1.20.0', '/cache', { failed: 'exited with code 1', stdout, stderr: '' })
}

describe('a run of npm that fails', () => {
  test('is none when it ended well, whatever it warned of', () => {
    const stderr = 'npm warn deprecated har-validator@5.1.5: no longer supported\n'
    expect(npmFailure('axios@1.20.0', '/cache', { failed: undefined, stdout: '', stderr })).toBeUndefined()
  })

  test.each<[string, Error | undefined]>([
    ['as the disk was full', failing('ENOSPC', 'ENOSPC: no space left on device, write')],
    [
      'as files were not unpacked for want of space, though npm exits with 0',
      npmFailure('axios@1.20.0', '/cache', {
        failed: undefined,
        stdout: '{"added": 30}',
        stderr: 'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\n',
      }),
    ],
  ])('says what to do %s', (_, error) => {
    expect(error).toMatchObject({
      name: 'DiskFullError',
      code: 'WIREGAUGE_DISK_FULL',
      message:
        'the disk was full while axios@1.20.0 was installed into /cache; what was there before is whole. Make room there ' +
        'and where npm keeps its cache, or set WIREGAUGE_CACHE to a folder on another disk.',
    })
  })

  test('says which version of a needed package is the unknown one, and who needs it', () => {
    expect(failing('ETARGET', 'No matching version found for follow-redirects@^99.0.0.')).toMatchObject({
      code: 'WIREGAUGE_USAGE',
      message:
        'follow-redirects@^99.0.0, which axios@1.20.0 needs, is not a published version: No matching version found for ' +
        'follow-redirects@^99.0.0. `npm view follow-redirects versions` lists those that are; settings of npm such as ' +
        '`before` and `min-release-age` leave out recent ones.',
    })
  })

  test('is a registry out of reach for every way of not reaching it', () => {
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTCACHED', 'E503', 'E429']) {
      expect(failing(code, 'request failed')).toMatchObject({
        code: 'WIREGAUGE_REGISTRY_UNREACHABLE',
        message:
          `the registry could not be asked for axios@1.20.0, which is not whole in the cache: request failed (${code}). ` +
          'Connect to the network, check `npm ping` and the proxy settings of npm, and start again.',
      })
    }
  })

  test('is told in the words of npm when it is of no known kind', () => {
    expect(failing('E401', 'Unable to authenticate.', 'Log in\nagain.')).toMatchObject({
      code: 'WIREGAUGE_NPM_FAILED',
      message:
        'npm exited with code 1 with axios@1.20.0: E401: Unable to authenticate.: Log in again. `npm install axios@1.20.0` ' +
        'in an empty folder shows whether npm itself is at fault.',
    })
  })

  test('is told in what it wrote last when it could not begin, without what moves the cursor', () => {
    const stderr = 'npm warn old\n\u001b[31menv: node: No such file\u001b[0m\n'
    const error = npmFailure('axios@1.20.0', '/cache', { failed: 'exited with code 127', stdout: '', stderr })
    expect(error?.message).toContain('npm exited with code 127 with axios@1.20.0: env: node: No such file.')
  })

  test('is known by a file that was not unpacked, for whatever reason', () => {
    const stderr = 'npm warn tar TAR_ENTRY_ERROR EIO: i/o error, write\n'
    const error = npmFailure('axios@1.20.0', '/cache', { failed: undefined, stdout: '{}', stderr })
    expect(error?.message).toContain('npm did not unpack every file with axios@1.20.0: TAR_ENTRY_ERROR EIO: i/o error')
  })
})
