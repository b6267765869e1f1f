import { existsSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { requireWritable, writeWhole } from '../../helpers/reports/write-whole.ts'
import { readJson } from '../read-json.ts'
import schema from './proof.schema.json' with { type: 'json' }
import { type Proof, proofVersion } from './proof.ts'

const validate = new Ajv2020().compile<Proof>(schema)

const what = 'hours of trials may stand in it, so it is left as it is; move it away to begin anew'

/**
 * What was proved so far; nothing where the file does not exist.
 *
 * @throws {UsageError} when it is no proof file, or one of another version.
 */
export function readProof(file: string): Proof {
  if (!existsSync(file)) return { schemaVersion: proofVersion, collections: [] }
  const content = readJson(file, what)
  if (validate(content)) return content
  const [fault] = validate.errors ?? []
  throw new UsageError(
    `${file} is not of schema version ${proofVersion}: ${fault?.instancePath || '/'} ${fault?.message}; ${what}`,
  )
}

/**
 * Writes the proof whole and atomically, so that nothing ever leaves half a file.
 *
 * @throws {UsageError} when it cannot be written.
 */
export function writeProof(file: string, proof: Proof): void {
  named(file, () => writeWhole(file, `${JSON.stringify(proof)}\n`))
}

/** Leaves the proof as it is. @throws {UsageError} when it could not be written now. */
export function requireWritableProof(file: string): void {
  named(file, () => requireWritable(file))
}

function named(file: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw new UsageError(`the proof cannot be written to ${file}: ${(cause as Error).message}`, { cause })
  }
}
