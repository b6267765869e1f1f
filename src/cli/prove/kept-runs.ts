import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { RunRecord } from '../../helpers/reports/run-record.ts'
import { writeWhole } from '../../helpers/reports/write-whole.ts'

/** Where records of whole runs are kept, in the folder of reports: what the replay draws from. */
const folderName = 'runs'

const remedy = 'if it is damaged, move it away'

const text = { type: 'string' }

/** What every version of the record has, so that one that was cut or edited is told from one of another version. */
const isRecord = new Ajv2020().compile<RunRecord>({
  type: 'object',
  required: ['startedAt', 'machine', 'entries'],
  properties: {
    startedAt: text,
    machine: { type: 'object', required: ['class'], properties: { class: text } },
    entries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['measurement', 'verdicts'],
        properties: {
          verdicts: { type: 'array', items: { type: 'object', required: ['state'] } },
          measurement: {
            type: 'object',
            required: ['client', 'scenario', 'state'],
            properties: { client: text, scenario: text, state: { enum: ['completed', 'invalid'] } },
            if: { properties: { state: { const: 'completed' } } },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: {
              required: ['pair', 'load'],
              properties: { pair: { type: 'object', required: ['state'] }, load: { type: 'array' } },
            },
          },
        },
      },
    },
  },
})

/**
 * Keeps a copy of the record of a run, named by its beginning.
 *
 * @param reports Folder of the project's reports.
 * @param file The record.
 * @returns The copy.
 */
export function keepRun(reports: string, file: string): string {
  const folder = path.join(reports, folderName)
  const { startedAt } = readRecord(file)
  const kept = path.join(folder, `${startedAt.replaceAll(':', '-')}.json`)
  writeWhole(kept, readFileSync(file, 'utf8'))
  return kept
}

/** Every kept record, the oldest first. @throws {UsageError} for one that cannot be read. */
export function keptRuns(reports: string): readonly RunRecord[] {
  const folder = path.join(reports, folderName)
  if (!existsSync(folder)) return []
  return globSync('*.json', { cwd: folder })
    .sort()
    .map((file) => readRecord(path.join(folder, file)))
}

/** The record of a run. @throws {UsageError} when it is none. */
export function readRecord(file: string): RunRecord {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}; ${remedy}`, { cause })
  }
  if (isRecord(content)) return content
  const [fault] = isRecord.errors ?? []
  throw new UsageError(`${file} is no record of a run: ${fault?.instancePath || '/'} ${fault?.message}; ${remedy}`)
}
