import os from 'node:os'
import { describe, expect, test } from 'vitest'
import { axios } from '../../helpers/clients/axios.ts'
import { fetchClient } from '../../helpers/clients/fetch.ts'
import { undiciRequest } from '../../helpers/clients/undici-request.ts'
import { sequential, smallJson } from '../../helpers/scenarios/list.ts'
import { requireRunnable, runnableOf } from './runs-on.ts'
import type { Selection } from './subjects.ts'
import { subjectsOf } from './subjects.ts'

const small = smallJson({ inFlight: 4 })
const stated = [
  { client: axios, scenario: small },
  { client: axios, scenario: sequential },
  { client: undiciRequest, scenario: small },
  { client: fetchClient, scenario: small },
]

const told = (selection: Partial<Selection>) =>
  subjectsOf({ names: [], ...selection }, stated).map(({ client, scenario }) => `${client.name} ${scenario.name}`)

describe('what is compared', () => {
  test('is all that the specs measure', () => {
    expect(told({})).toEqual(['axios small-4', 'axios sequential', 'undici-request small-4', 'fetch small-4'])
  })

  test('is what runs on the package of which versions are compared', () => {
    expect(told({ library: 'axios' })).toEqual(['axios small-4', 'axios sequential'])
  })

  test('is a client by its name, under the scenarios of the specs', () => {
    expect(told({ names: ['undici-request'] })).toEqual(['undici-request small-4'])
  })

  test('is a scenario that no spec measures, and a client that none does, when asked for', () => {
    expect(told({ names: ['undici-stream'], scenario: 'sequential' })).toEqual(['undici-stream sequential'])
  })

  test.each<[Partial<Selection>, string]>([
    [{ names: ['nobody'] }, 'there is no client "nobody"'],
    [{ scenario: 'small-5' }, 'there is no scenario "small-5"'],
    [{ names: ['axios'], scenario: 'sweep' }, 'sweep has a load of its own, and no batches'],
    [{ names: ['undici-request'], library: 'axios' }, 'which runs on undici: give `undici@VERSION`'],
    [{ names: ['fetch'], library: 'axios' }, 'which comes with Node: give `node@VERSION`'],
    [{ names: ['undici-stream'] }, 'no spec measures undici-stream; name a scenario with --scenario'],
    [{ library: 'node-fetch' }, 'no spec measures a client on node-fetch; name a client and a --scenario'],
  ])('%j is wrong usage', (selection, message) => {
    expect(() => told(selection)).toThrow(expect.objectContaining({ code: 'WIREGAUGE_USAGE' }))
    expect(() => told(selection)).toThrow(message)
  })
})

describe('a side that a client cannot run on', () => {
  const sideOf = (name: string, version: string) => ({
    name: `${name}@${version}`,
    tree: '/t',
    library: { name, version },
  })

  test('is a version from before its adapter', () => {
    const old = { ...axios, since: '0.21.0' }
    expect(() => requireRunnable(old, sideOf('axios', '0.20.9'))).toThrow(
      'axios runs on axios 0.21.0 and newer; axios@0.20.9 has 0.20.9',
    )
    for (const version of ['0.21.0', '0.21.0-beta.1', '0.100.0', '1.0.0']) {
      expect(() => requireRunnable(old, sideOf('axios', version))).not.toThrow()
    }
  })

  test('is another package', () => {
    expect(() => requireRunnable(axios, sideOf('undici', '8.0.0'))).toThrow('no version for axios, which runs on axios')
  })

  test('is a tree without its package', () => {
    const empty = { name: 'main', tree: os.tmpdir() }
    expect(() => requireRunnable(axios, empty)).toThrow('axios runs on axios, which main has not installed')
    expect(() => requireRunnable(fetchClient, empty)).not.toThrow()
  })

  test('leaves its client out where others run, unless that was asked for by name', () => {
    const sides = { base: sideOf('axios', '1.6.0'), head: sideOf('axios', '1.20.0') }
    const young = { client: { ...axios, name: 'young', since: '1.7.0' }, scenario: small }
    const both = [{ client: axios, scenario: small }, young]
    const told: string[] = []
    const options = { isNamed: false, say: (message: string) => void told.push(message) }
    expect(runnableOf(both, sides, options).map(({ client }) => client.name)).toEqual(['axios'])
    expect(told).toEqual(['left out: young runs on axios 1.7.0 and newer; axios@1.6.0 has 1.6.0'])
    expect(() => runnableOf([young], sides, options)).toThrow('young runs on')
    expect(() => runnableOf(both, sides, { ...options, isNamed: true })).toThrow('young runs on')
  })
})
