import { Ajv2020 } from 'ajv/dist/2020.js'
import type { RunRecord } from './run-record.ts'

const text = { type: 'string' }

const validate = new Ajv2020().compile<RunRecord>({
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

/** Whether it has what every version of the record has, so that one that was cut or edited is told from one of another version. */
export function isRunRecord(content: unknown): content is RunRecord {
  return validate(content)
}

/** What the last that was none lacks. */
export function recordFault(): string {
  const [fault] = validate.errors ?? []
  return `${fault?.instancePath || '/'} ${fault?.message}`
}
