import { type NoiseEntry, type NoiseFile, noiseFile, readNoise } from '../session/noise-history.ts'
import { writeRecord } from './write-record.ts'

/** So many take some 200 kB, and are years of pull requests. */
const mostEntries = 1_000

/**
 * Adds the A/A pairs of a run to the noise history, of which the oldest go when it is full.
 *
 * @param reports Folder of the project's reports.
 * @param say Told when it cannot be written, which ends nothing: it is no part of what the run found.
 */
export function writeNoise(reports: string, fresh: readonly NoiseEntry[], say: (message: string) => void): void {
  if (fresh.length === 0) return
  // That it cannot be read was said when the run began; others may have written since.
  const before = readNoise(reports, () => {})
  const file: NoiseFile = { schemaVersion: 1, entries: [...before, ...fresh].slice(-mostEntries) }
  const place = noiseFile(reports)
  try {
    writeRecord(place, file)
  } catch (error) {
    say(`${place} cannot be written: ${(error as Error).message}; the history of noise goes without this run`)
  }
}
