import { homedir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { cacheFolder } from './cache-folder.ts'

const root = path.resolve('/')
const shared = path.join(root, 'shared')
const home = path.join(root, 'home')

describe('the cache folder', () => {
  test.each<[string, NodeJS.ProcessEnv, string]>([
    [
      'is the one that was asked for',
      { WIREGAUGE_CACHE: path.join(root, 'mine'), XDG_CACHE_HOME: shared },
      path.join(root, 'mine'),
    ],
    ['may be asked for from the working folder', { WIREGAUGE_CACHE: 'mine' }, path.resolve('mine')],
    ['else lies among the caches of the user', { XDG_CACHE_HOME: shared, HOME: home }, path.join(shared, 'wiregauge')],
    ['else lies in .cache of their home', { HOME: home }, path.join(home, '.cache', 'wiregauge')],
    [
      'is where it would be without what is empty or relative',
      { WIREGAUGE_CACHE: '', XDG_CACHE_HOME: 'caches', HOME: home },
      path.join(home, '.cache', 'wiregauge'),
    ],
    ['is found without any variable', {}, path.join(homedir(), '.cache', 'wiregauge')],
  ])('%s', (_, environment, expected) => {
    expect(cacheFolder(environment)).toBe(expected)
  })
})
