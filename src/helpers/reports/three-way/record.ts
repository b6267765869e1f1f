import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Machine } from '../../measure/machine.ts'
import type { LoadReplicate } from '../../measure/result.ts'

/** The three of the comparison, by their names (FIELD section 1): the first is what the others are compared with. */
export const threeWayArms = [
  { client: 'axios', role: 'slow client' },
  { client: 'undici-request', role: 'fast client' },
  { client: 'axios-undici', role: 'slow client on the fast transport' },
] as const

/** One scenario in one process of each client. */
export interface ThreeWayReplicate {
  readonly scenario: string
  readonly load: LoadReplicate
}

/** `reports/three-way.json`: the three in one run, taking turns. */
export interface ThreeWayRecord {
  /** ISO 8601, UTC. */
  readonly date: string
  readonly machine: Machine
  /** Of packages, by their names. */
  readonly versions: Readonly<Record<string, string>>
  readonly seed: number
  readonly replicates: readonly ThreeWayReplicate[]
}

const text = { type: 'string' }
const positive = { type: 'number', exclusiveMinimum: 0 }

const validate = new Ajv2020().compile<ThreeWayRecord>({
  type: 'object',
  required: ['date', 'machine', 'versions', 'replicates'],
  properties: {
    date: text,
    machine: { type: 'object', required: ['class', 'node'], properties: { class: text, node: text } },
    versions: { type: 'object', additionalProperties: text },
    replicates: {
      type: 'array',
      items: {
        type: 'object',
        required: ['scenario', 'load'],
        properties: {
          scenario: text,
          load: {
            type: 'object',
            required: ['clients'],
            properties: {
              clients: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['client', 'windows'],
                  properties: {
                    client: text,
                    windows: {
                      type: 'array',
                      minItems: 1,
                      items: {
                        type: 'object',
                        required: ['requests', 'durationMs'],
                        properties: { requests: positive, durationMs: positive },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
})

/** What keeps a content from being such a record, such as `/machine must be object`; undefined where it is one. */
export function threeWayFault(content: unknown): string | undefined {
  if (validate(content)) return undefined
  const [fault] = validate.errors ?? []
  return `${fault?.instancePath || '/'} ${fault?.message}`
}
