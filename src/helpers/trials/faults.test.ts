// @module-tag wide
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clientNamed } from '../clients/list.ts'
import { smallJson } from '../scenarios/list.ts'
import { treeDigest } from '../trees/tree-digest.ts'
import { isShown } from './fault.ts'
import { faults, faultyClients, slower } from './faults.ts'
import { insertionPoints } from './insertion.ts'
import { applyPatches } from './patch.ts'
import { loadChanged, project } from './test-load.ts'
import { openTrialTree } from './trees.ts'

test('every fault can be told from the others of its client and scenario', () => {
  const names = faults.map(({ client, scenario, name }) => `${client.name} ${scenario.name} ${name}`)
  expect(new Set(names).size).toBe(names.length)
})

/** Clients and scenarios with their faults, so that one process tries many. */
const subjects = Object.entries(Object.groupBy(faults, ({ client, scenario }) => `${client.name} ${scenario.name}`))

describe.each(subjects)('the faults of %s', (_, group = []) => {
  test('fit the installed packages, and the client goes on to give right answers', { timeout: 30_000 }, async () => {
    const [{ client, scenario }] = group as [(typeof faults)[number]]
    const { reference, changed } = await loadChanged(client, scenario, group, 25)
    expect(reference.requests).toBeGreaterThan(1)
    for (const { name } of group) {
      const counts = changed.get(name)
      expect(counts?.requests, name).toBe(reference.requests)
      const samePerRequest = name !== 'one more header' && name !== 'lost keep-alive'
      if (samePerRequest) expect(counts, name).toEqual({ ...reference, arm: name })
      if (name === 'one more header') expect(counts?.bytesIn).toBeGreaterThan(reference.bytesIn)
      if (name === 'lost keep-alive') expect(counts?.connections).toBe(counts?.requests)
    }
  })
})

test('the changed tree differs from the installed packages, and is removed', () => {
  const [fault] = faults
  let root: string
  {
    using tree = openTrialTree(project, ['axios'], fault)
    root = tree.root
    expect(treeDigest('axios', root)).not.toBe(treeDigest('axios', project))
    using same = openTrialTree(project, ['axios'])
    expect(treeDigest('axios', same.root)).toBe(treeDigest('axios', project))
  }
  expect(existsSync(root)).toBe(false)
})

test('a patch that does not fit is an error, and leaves no tree behind', () => {
  const patches = [{ file: 'axios/package.json', anchor: 'no such text', text: '' }]
  const apply = (packages: string): void => applyPatches(patches, packages)
  expect(() => openTrialTree(project, ['axios'], { name: 'wrong', description: '', apply })).toThrow(
    new Error('axios/package.json holds "no such text" 0 times; a patch needs it exactly once'),
  )
})

test('faults go into clients by their names', () => {
  for (const name of faultyClients) expect(insertionPoints[name].client).toBe(clientNamed(name))
})

describe('a fault is shown', () => {
  const fault = slower('axios', 0.05, smallJson({ inFlight: 4 }))
  const verdict = (budget: string, state: 'pass' | 'regressed' | 'inconclusive' | 'invalid', reason = '') => [
    { budget, state, reason },
  ]

  test('by a red budget that it is expected of', () => {
    expect(isShown(fault, verdict('throughput against reference', 'regressed'))).toBe(true)
    expect(isShown(fault, verdict('throughput against reference', 'inconclusive'))).toBe(false)
    expect(isShown(fault, verdict('allocated bytes', 'regressed'))).toBe(false)
  })

  test('not by work that is not the work, which may be a crash', () => {
    for (const shownAs of ['regressed', 'arms interfere'] as const) {
      expect(isShown({ ...fault, shownAs }, verdict('throughput against reference', 'invalid', shownAs))).toBe(false)
    }
  })

  test('by arms that interfere, where that is what is expected, and then by nothing else', () => {
    const polluted = { ...fault, shownAs: 'arms interfere' } as const
    const budget = 'throughput against reference'
    expect(isShown(polluted, verdict(budget, 'inconclusive', 'arms interfere: alone the change is −30 %'))).toBe(true)
    expect(isShown(polluted, verdict(budget, 'inconclusive', 'too noisy'))).toBe(false)
    expect(isShown(polluted, verdict(budget, 'regressed'))).toBe(false)
  })
})
