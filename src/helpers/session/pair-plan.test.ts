import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { budgetFileOf } from '../budgets/test-measurement.ts'
import { type Client, defineClient } from '../clients/contract.ts'
import { sweep } from '../scenarios/bursts.ts'
import { projectAt } from '../trees/project.ts'
import type { OwnPair, OwnReference } from './own-reference.ts'
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
const preparing: Parameters<typeof planPair>[3] = {
  signal: new AbortController().signal,
  prepare: (work) => work(),
}
const plan = (client: Client, changes: Partial<Parameters<typeof planPair>[2]> = {}) =>
  planPair(client, { name: 'small-4' }, { project, budgets, seed: 0, nulls: 'rotating', ...changes }, preparing)

describe('a client is not paired', () => {
  test.each<[string, Client, string]>([
    ['that comes with Node', clientOn(undefined), 'it comes with Node'],
    ['with state of the process', clientOn('same', true), 'two versions of it in one process would share their state'],
    ['of the project itself', clientOn('./src/own.ts'), 'the budget file names no base to compare own code with'],
    ['whose library is nowhere', clientOn('missing'), 'the reference tree has no missing'],
    [
      'whose library only the project around the reference tree has',
      clientOn('added'),
      'the reference tree has no added',
    ],
  ])('%s', async (_, client, reason) => {
    expect(await plan(client)).toEqual({ state: 'no reference', reason, treeChanged: false })
  })

  test('whose library the reference tree has not, which counts as changed where it is another version than at tuning', async () => {
    writeFileSync(
      path.join(root, 'node_modules', 'added', 'package.json'),
      JSON.stringify({ name: 'added', version: '2.0.0' }),
    )
    const tunedOn = (version: string) => ({ ...budgets, tuned: { ...budgets.tuned, packages: { added: version } } })
    expect(await plan(clientOn('added'), { budgets: tunedOn('2.0.0') })).toMatchObject({ treeChanged: false })
    expect(await plan(clientOn('added'), { budgets: tunedOn('1.9.9') })).toMatchObject({
      state: 'no reference',
      treeChanged: true,
    })
  })

  test('that is asked for without, whether its tree has changed or not', async () => {
    const reason = 'its spec asks for no pair'
    expect(withoutPair(await plan(clientOn('same')))).toEqual({ state: 'no reference', reason, treeChanged: false })
    expect(withoutPair(await plan(clientOn('changed')))).toEqual({ state: 'no reference', reason, treeChanged: true })
    const nothing = await plan(clientOn(undefined))
    expect(withoutPair(nothing)).toEqual(nothing)
  })

  test('under a scenario with a load of its own, whether its tree has changed or not', async () => {
    const planned = (library: string) =>
      planPair(clientOn(library), sweep, { project, budgets, seed: 0, nulls: 'all' }, preparing)
    const reason = 'the scenario has a load of its own, and no batches'
    expect(await planned('same')).toEqual({ state: 'no reference', reason, treeChanged: false })
    expect(await planned('changed')).toEqual({ state: 'no reference', reason, treeChanged: true })
  })

  test('in a project without reference tree, recorded or installed', async () => {
    const none = { state: 'no reference', reason: 'the project has no reference tree', treeChanged: false }
    expect(await plan(clientOn('same'), { budgets: budgetFileOf() })).toEqual(none)
    expect(await plan(clientOn('same'), { project: { ...project, referenceTree: path.join(root, 'none') } })).toEqual(
      none,
    )
  })
})

describe('a client of own code', () => {
  const own = clientOn('./src/own.ts')
  /** In the place of the merge base. */
  const reference = (pair: OwnPair): Pick<OwnReference, 'pairOf'> => ({ pairOf: async () => pair })
  const there = (sameCode: boolean): OwnPair => ({ state: 'there', tree: '/base', sameCode })

  test('is measured against the merge base where its code is another', async () => {
    expect(await plan(own, { ownReference: reference(there(false)) })).toEqual({
      state: 'measured',
      sameFiles: false,
      referenceTree: '/base',
      solo: true,
    })
  })

  test('is an A/A pair where its code is the same, of which a few are measured', async () => {
    const same = { ownReference: reference(there(true)) }
    expect(await plan(own, same)).toMatchObject({ state: 'measured', sameFiles: true, referenceTree: '/base' })
    expect(
      await planPair(own, { name: 'other' }, { project, budgets, seed: 0, nulls: 'rotating', ...same }, preparing),
    ).toEqual({ state: 'same files' })
  })

  describe('that is new', () => {
    const base = 'the merge base with main (0123456789ab)'
    const session = { ownReference: reference({ state: 'new', base }) }

    test('has no reference yet, and counts as changed', async () => {
      const reason = `./src/own.ts is not at ${base}`
      const planned = await plan(own, session)
      expect(planned).toEqual({ state: 'no reference', reason, treeChanged: true, isNew: true })
    })

    test('is tuned by pairs of its own code', async () => {
      expect(await plan(own, { ...session, nulls: 'all' })).toEqual({
        state: 'measured',
        sameFiles: true,
        referenceTree: root,
        solo: true,
      })
    })

    test('will have none either where it is not to be paired', async () => {
      const reasons = {
        'its spec asks for no pair': withoutPair(await plan(own, session)),
        'two versions of it in one process would share their state': await plan(
          clientOn('./src/own.ts', true),
          session,
        ),
      }
      for (const [reason, planned] of Object.entries(reasons)) {
        expect(planned).toEqual({ state: 'no reference', reason, treeChanged: true })
      }
    })
  })

  test('is told to be changed also where it is not paired', async () => {
    const session = { project, budgets, seed: 0, nulls: 'all', ownReference: reference(there(false)) } as const
    expect(await planPair(own, sweep, session, preparing)).toMatchObject({ state: 'no reference', treeChanged: true })
  })

  test('and a client of a package know nothing of each other', async () => {
    const failing = { pairOf: () => Promise.reject(new Error('no merge base')) }
    await expect(plan(own, { ownReference: failing })).rejects.toThrow('no merge base')
    expect(await plan(clientOn('changed'), { ownReference: failing })).toMatchObject({
      state: 'measured',
      referenceTree,
    })
  })
})

test('a client with state of the process is told to be changed when its files are', async () => {
  expect(await plan(clientOn('changed', true))).toMatchObject({ state: 'no reference', treeChanged: true })
})

test('changed files are always measured, also each in a process of its own', async () => {
  for (const seed of [0, 1, 2, 3]) {
    expect(await plan(clientOn('changed'), { seed })).toEqual({
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
  const drawn = async (seed: number, nulls: 'rotating' | 'all' = 'rotating') => {
    const found: string[] = []
    for (const name of names) {
      const planned = await planPair(clientOn('same'), { name }, { project, budgets: many, seed, nulls }, preparing)
      if (planned.state === 'same files') continue
      expect(planned).toEqual({ state: 'measured', sameFiles: true, referenceTree, solo: nulls === 'all' })
      found.push(name)
    }
    return found
  }

  test('are measured for a few, and successive seeds come to all of them, each once', async () => {
    const seeds = [0, 1, 2, 3, 4]
    const each = await Promise.all(seeds.map((seed) => drawn(seed)))
    expect(each.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4])
    expect(each.flat().sort()).toEqual(names)
    expect(await drawn(5)).toEqual(await drawn(0))
  })

  test('are all measured when that is asked for, and then each in a process of its own as well', async () => {
    expect(await drawn(1, 'all')).toEqual(names)
  })

  test('are measured in every run where there are no more than four', async () => {
    for (const seed of [0, 1, 2]) expect(await plan(clientOn('same'), { seed })).toMatchObject({ state: 'measured' })
  })

  test('are not measured for what the budget file does not know', async () => {
    const other = { name: 'other' }
    const session = { project, budgets, seed: 0, nulls: 'rotating' } as const
    expect(await planPair(clientOn('same'), other, session, preparing)).toEqual({ state: 'same files' })
  })
})
