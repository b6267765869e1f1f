import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Machine } from '../measure/machine.ts'
import { nullDifference } from './null-history.ts'

/** An A/A pair that was measured on this machine. */
export interface NoiseEntry {
  /** ISO 8601. */
  readonly date: string
  /** Class of the machine. */
  readonly machine: string
  /** Version of Node, without the `v`. */
  readonly node: string
  readonly client: string
  readonly scenario: string
  /** Of throughput, one a replicate; 0 but for noise. */
  readonly logRatios: readonly number[]
}

/** `reports/noise.json`: what runs leave for later ones about the noise of the machine, oldest first. */
export interface NoiseFile {
  readonly schemaVersion: 1
  readonly entries: readonly NoiseEntry[]
}

/** What equal code differed by in earlier runs. */
export interface EarlierNoise {
  /** Root mean square over all replicates, as a share. */
  readonly difference: number
  readonly pairs: number
}

/** A machine is what it was lately: of one pair a day, three months; of one an hour, four days. */
const recentPairs = 100

/** Where the noise history of a project stands. @param reports Folder of its reports. */
export function noiseFile(reports: string): string {
  return path.join(reports, 'noise.json')
}

/**
 * The A/A pairs of earlier runs; none before the first.
 *
 * @param say Told when what is there is no noise history, which begins it anew.
 */
export function readNoise(reports: string, say: (message: string) => void): readonly NoiseEntry[] {
  const place = noiseFile(reports)
  if (!existsSync(place)) return []
  try {
    const file: unknown = JSON.parse(readFileSync(place, 'utf8'))
    if (isNoiseFile(file)) return file.entries
  } catch {
    // Said below: cut short or unreadable, it is no history either.
  }
  say(`${place} is not what a run leaves there, so that the history of this machine's noise begins anew`)
  return []
}

/** What the latest pairs of a machine say, under the same Node; undefined without any. */
export function earlierNoise(
  entries: readonly NoiseEntry[],
  machine: Pick<Machine, 'class' | 'node'>,
): EarlierNoise | undefined {
  const own = entries.filter((each) => each.machine === machine.class && each.node === machine.node)
  const recent = own.slice(-recentPairs)
  const difference = nullDifference(recent.flatMap(({ logRatios }) => logRatios))
  return difference === undefined ? undefined : { difference, pairs: recent.length }
}

function isNoiseFile(value: unknown): value is NoiseFile {
  if (typeof value !== 'object' || value === null) return false
  const { schemaVersion, entries }: { schemaVersion?: unknown; entries?: unknown } = value
  return schemaVersion === 1 && Array.isArray(entries) && entries.every(isEntry)
}

function isEntry(value: unknown): value is NoiseEntry {
  if (typeof value !== 'object' || value === null) return false
  const { logRatios, ...texts }: { logRatios?: unknown } & Readonly<Record<string, unknown>> = { ...value }
  return (
    ['date', 'machine', 'node', 'client', 'scenario'].every((name) => typeof texts[name] === 'string') &&
    Array.isArray(logRatios) &&
    logRatios.every(Number.isFinite)
  )
}
