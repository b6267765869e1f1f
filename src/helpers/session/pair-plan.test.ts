import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { budgetFileOf } from '../budgets/test-measurement.ts'
import { type Client, defineClient } from '../clients/contract.ts'
import { sweep } from '../scenarios/bursts.ts'
import { projectAt } from '../trees/project.ts'
import { planPair, withoutPair } from './pair-plan.ts'

const root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-plan-'))
afterAll(() => rmSync(root, { recursive: true }))

const project = projectAt(root)
const { referenceTree } = project

function install(tree: string, name: string, main: string): void {
  const own = path.join(tree, 'node_modules', name)
  mkdirSync(own, { recursive: true })
  writeFileSync(path.join(own, 'package.json'), JSON.stringify({ name }))
  writeFileSync(path.join(own, 'main.js'), main)
}
install(root, 'same', 'one')
install(referenceTree, 'same', 'one')
install(root, 'changed', 'new')
install(referenceTree, 'changed', 'old')
install(root, 'added', 'one')

function clientOn(library: string | undefined, processWide = false): Client {
  return defineClient(import.meta.url, 'none', {
    name: 'axios',
    league: 'equalised',
    processWide,
    ...(library === undefined ? {} : { library }),
    open: () => {
      throw new Error('never opened')
    },
  })
}

const budgets = { ...budgetFileOf(), reference: { integrity: 'sha512-aaaa' } }
const plan = (client: Client, changes: Partial<Parameters<typeof planPair>[2]> = {}) =>
  planPair(client, { name: 'small-4' }, { project, budgets, seed: 0, nulls: 'rotating', ...changes })

describe('a client is not paired', () => {
  test.each<[string, Client, string]>([
    ['that comes with Node', clientOn(undefined), 'it comes with Node'],
    ['with state of the process', clientOn('same', true), 'two versions of it in one process would share their state'],
    ['of the project itself', clientOn('./src/own.ts'), './src/own.ts is no package of the reference tree'],
    ['whose library is nowhere', clientOn('missing'), 'the reference tree has no missing'],
    [
      'whose library only the project around the reference tree has',
      clientOn('added'),
      'the reference tree has no added',
    ],
  ])('%s', (_, client, reason) => {
    expect(plan(client)).toEqual({ state: 'no reference', reason, treeChanged: false })
  })

  test('whose library the reference tree has not, which counts as changed where it is another version than at tuning', () => {
    writeFileSync(
      path.join(root, 'node_modules', 'added', 'package.json'),
      JSON.stringify({ name: 'added', version: '2.0.0' }),
    )
    const tunedOn = (version: string) => ({ ...budgets, tuned: { ...budgets.tuned, packages: { added: version } } })
    expect(plan(clientOn('added'), { budgets: tunedOn('2.0.0') })).toMatchObject({ treeChanged: false })
    expect(plan(clientOn('added'), { budgets: tunedOn('1.9.9') })).toMatchObject({
      state: 'no reference',
      treeChanged: true,
    })
  })

  test('that is asked for without, whether its tree has changed or not', () => {
    const reason = 'its spec asks for no pair'
    expect(withoutPair(plan(clientOn('same')))).toEqual({ state: 'no reference', reason, treeChanged: false })
    expect(withoutPair(plan(clientOn('changed')))).toEqual({ state: 'no reference', reason, treeChanged: true })
    const nothing = plan(clientOn(undefined))
    expect(withoutPair(nothing)).toEqual(nothing)
  })

  test('under a scenario with a load of its own, whether its tree has changed or not', () => {
    const planned = (library: string) => planPair(clientOn(library), sweep, { project, budgets, seed: 0, nulls: 'all' })
    const reason = 'the scenario has a load of its own, and no batches'
    expect(planned('same')).toEqual({ state: 'no reference', reason, treeChanged: false })
    expect(planned('changed')).toEqual({ state: 'no reference', reason, treeChanged: true })
  })

  test('in a project without reference tree, recorded or installed', () => {
    const none = { state: 'no reference', reason: 'the project has no reference tree', treeChanged: false }
    expect(plan(clientOn('same'), { budgets: budgetFileOf() })).toEqual(none)
    expect(plan(clientOn('same'), { project: { ...project, referenceTree: path.join(root, 'none') } })).toEqual(none)
  })
})

test('a client with state of the process is told to be changed when its files are', () => {
  expect(plan(clientOn('changed', true))).toMatchObject({ state: 'no reference', treeChanged: true })
})

test('changed files are always measured, also each in a process of its own', () => {
  for (const seed of [0, 1, 2, 3]) {
    expect(plan(clientOn('changed'), { seed })).toEqual({
      state: 'measured',
      sameFiles: false,
      referenceTree,
      solo: true,
    })
  }
})

describe('the same files', () => {
  const value = { expected: 1, scatter: 0.01, replicates: 9 }
  const names = Array.from({ length: 20 }, (_, place) => `scenario-${String(place).padStart(2, '0')}`)
  const many = {
    ...budgets,
    clients: {
      http: { 'not eligible': { requestBytes: { expected: 190 } } },
      axios: Object.fromEntries(names.map((name) => [name, { reference: value }])),
    },
  }
  const drawn = (seed: number, nulls: 'rotating' | 'all' = 'rotating') =>
    names.filter((name) => {
      const planned = planPair(clientOn('same'), { name }, { project, budgets: many, seed, nulls })
      if (planned.state === 'same files') return false
      expect(planned).toEqual({ state: 'measured', sameFiles: true, referenceTree, solo: nulls === 'all' })
      return true
    })

  test('are measured for a few, and successive seeds come to all of them, each once', () => {
    const seeds = [0, 1, 2, 3, 4]
    expect(seeds.map((seed) => drawn(seed).length)).toEqual([4, 4, 4, 4, 4])
    expect(seeds.flatMap((seed) => drawn(seed)).sort()).toEqual(names)
    expect(drawn(5)).toEqual(drawn(0))
  })

  test('are all measured when that is asked for, and then each in a process of its own as well', () => {
    expect(drawn(1, 'all')).toEqual(names)
  })

  test('are measured in every run where there are no more than four', () => {
    for (const seed of [0, 1, 2]) expect(plan(clientOn('same'), { seed }).state).toBe('measured')
  })

  test('are not measured for what the budget file does not know', () => {
    expect(planPair(clientOn('same'), { name: 'other' }, { project, budgets, seed: 0, nulls: 'rotating' })).toEqual({
      state: 'same files',
    })
  })
})
