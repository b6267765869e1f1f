import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { earlierNoise, type NoiseEntry, noiseFile, readNoise } from '../session/noise-history.ts'
import { type TestFolder, testFolder } from '../trees/test-folder.ts'
import { writeNoise } from './write-noise.ts'

const machine = { class: 'own', node: '26.10.0' }

function pairOf(changes: Partial<NoiseEntry> = {}): NoiseEntry {
  return {
    date: '2026-11-23T08:00:00.000Z',
    machine: 'own',
    node: '26.10.0',
    client: 'axios',
    scenario: 'small-4',
    logRatios: [Math.log(1.01), -Math.log(1.01)],
    ...changes,
  }
}

/** What was said while the pairs were added, and what is read afterwards. */
function added({ root }: TestFolder, ...fresh: readonly NoiseEntry[]) {
  const said: string[] = []
  writeNoise(root, fresh, (message) => said.push(message))
  return { said, entries: readNoise(root, (message) => said.push(message)) }
}

describe('the noise history', () => {
  test('holds the pairs of one run after the other', () => {
    using reports = testFolder()
    expect(readNoise(reports.root, expect.unreachable)).toEqual([])
    const [one, other] = [pairOf(), pairOf({ client: 'undici-request' })]
    added(reports, one)
    expect(added(reports, other)).toEqual({ said: [], entries: [one, other] })
    expect(readdirSync(reports.root)).toEqual(['noise.json'])
  })

  test('is not begun by a run without a pair', () => {
    using reports = testFolder()
    added(reports)
    expect(readdirSync(reports.root)).toEqual([])
  })

  test('keeps the latest thousand', () => {
    using reports = testFolder()
    const many = Array.from({ length: 1_005 }, (_, index) => pairOf({ client: String(index) }))
    const { entries } = added(reports, ...many)
    expect([entries.length, entries[0]?.client, entries.at(-1)?.client]).toEqual([1_000, '5', '1004'])
  })

  test.each([
    ['cut short', '{"schemaVersion":1,"entries":[{"da'],
    ['of another kind', '[]'],
    ['of a later version', '{"schemaVersion":2,"entries":[]}'],
    ['with a text for a figure', JSON.stringify({ schemaVersion: 1, entries: [{ ...pairOf(), logRatios: ['0'] }] })],
    ['with an entry that is none', '{"schemaVersion":1,"entries":[null]}'],
    ['with a figure for a text', JSON.stringify({ schemaVersion: 1, entries: [{ ...pairOf(), client: 1 }] })],
  ])('that is %s is named, and begun anew', (_, text) => {
    using reports = testFolder()
    writeFileSync(noiseFile(reports.root), text)
    const said: string[] = []
    expect(readNoise(reports.root, (message) => said.push(message))).toEqual([])
    expect(said).toEqual([
      `${noiseFile(reports.root)} is not what a run leaves there, so that the history of this machine's noise begins anew`,
    ])
    expect(added(reports, pairOf())).toEqual({ said: [], entries: [pairOf()] })
  })

  test('that cannot be written is named, and stays as it is', () => {
    using reports = testFolder()
    mkdirSync(noiseFile(reports.root))
    const said: string[] = []
    writeNoise(reports.root, [pairOf()], (message) => said.push(message))
    expect(said).toEqual([
      `${noiseFile(reports.root)} cannot be written: it is a folder; the history of noise goes without this run`,
    ])
    rmSync(noiseFile(reports.root), { recursive: true })
    added(reports, pairOf())
    expect(JSON.parse(readFileSync(noiseFile(reports.root), 'utf8'))).toEqual({ schemaVersion: 1, entries: [pairOf()] })
  })
})

describe('the noise of earlier runs', () => {
  test('is that of the same machine class under the same Node', () => {
    const far = [0.5, -0.5]
    const entries = [pairOf(), pairOf({ machine: 'other', logRatios: far }), pairOf({ node: '24.0.0', logRatios: far })]
    expect(earlierNoise(entries, machine)).toEqual({ difference: expect.closeTo(0.01), pairs: 1 })
    expect(earlierNoise(entries.slice(1), machine)).toBeUndefined()
  })

  test('is that of the last hundred pairs', () => {
    const long = Array.from({ length: 100 }, () => pairOf())
    expect(earlierNoise([pairOf({ logRatios: [0.5] }), ...long], machine)).toEqual({
      difference: expect.closeTo(0.01),
      pairs: 100,
    })
  })
})
