import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A change of one place in an installed package. */
export interface Patch {
  /** Below `node_modules`, e.g. `axios/lib/core/Axios.js`. */
  readonly file: string
  /** Text that the file holds exactly once. */
  readonly anchor: string
  /** What stands there instead. */
  readonly text: string
}

/** @throws when an anchor is not there exactly once: a fault that was not put in would be a test that shows nothing. */
export function applyPatches(patches: readonly Patch[], packages: string): void {
  for (const { file, anchor, text } of patches) {
    const place = path.join(packages, file)
    const parts = readFileSync(place, 'utf8').split(anchor)
    if (parts.length !== 2) {
      throw new Error(
        `${file} holds ${JSON.stringify(anchor)} ${parts.length - 1} times; a patch needs it exactly once`,
      )
    }
    writeFileSync(place, parts.join(text))
  }
}
