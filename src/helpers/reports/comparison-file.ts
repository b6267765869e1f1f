import { readFileSync, statSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { UsageError } from '../budgets/usage-error.ts'
import schema from './comparison.schema.json' with { type: 'json' }
import type { ComparisonReport } from './comparison.ts'

const validate = new Ajv2020().compile<ComparisonReport>(schema)

/** A comparison of every client under every scenario, with verdicts in full, takes some hundred kilobytes. */
const mostBytes = 10_000_000

/**
 * Reads what `wiregauge compare --json` wrote. The file may come from anybody: it is data of the right shape, or an error.
 * Texts in it are not escaped.
 *
 * @throws {UsageError} when it cannot be read or is no comparison.
 */
export function readComparison(file: string): ComparisonReport {
  let content: unknown
  try {
    const { size } = statSync(file)
    if (size > mostBytes) throw new Error(`it has ${size} bytes; expected at most ${mostBytes}`)
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`the comparison ${file} cannot be read: ${problem}`, { cause })
  }
  if (validate(content)) return content
  const [fault] = validate.errors ?? []
  throw new UsageError(
    `${file} is no comparison of schema version 1: ${fault?.instancePath || '/'} ${fault?.message}; ` +
      'write it with `wiregauge compare --json FILE` of the same version',
  )
}
