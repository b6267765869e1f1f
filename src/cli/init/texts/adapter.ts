import type { Language } from '../detect/languages.ts'
import type { Guess } from '../guess/guess.ts'
import type { Names } from './names.ts'

/** How what a call gives is handed on: whole, of its parts, or as the response that it is. */
export type ReplyShape = 'value' | 'data' | 'body' | 'text' | 'response'

/** What an adapter is written of. */
export interface AdapterParts {
  readonly guess: Guess
  readonly names: Names
  readonly shape: ReplyShape
  readonly language: Language
  /** The folder that the adapter stands in, from the root: `perf`. */
  readonly folder: string
}

/** The text of an adapter: `perf/api.ts`. */
export function adapterText({ guess, names, shape, language, folder }: AdapterParts): string {
  const { module, exportName, local, setup, call } = guess
  const up = folder.split('/').map(() => '..')
  const types = language.typescript ? `<typeof import('${[...up, module.slice(2)].join('/')}')>` : ''
  const imported = exportName === local ? local : `${exportName}: ${local}`
  const used = ['origin', 'path'].filter((name) => new RegExp(`\\b${name}\\b`).test(`${setup ?? ''} ${call}`))
  const lines = [...(setup ?? '').split('\n').filter((line) => line !== ''), ...returned(call, shape).split('\n')]
  const isAsync = /\bawait /.test(setup ?? '')
  return `import { defineClient } from 'wiregauge'

export const ${names.exportName} = defineClient${types}(import.meta.url, '${names.exportName}', {
  name: '${names.client}',
  library: '${module}',
  league: 'as shipped',
  ${isAsync ? 'async ' : ''}open({ ${imported} }, { ${used.join(', ')} }) {
${lines.map((line) => `    ${line}`).join('\n')}
  },
})
`
}

function returned(call: string, shape: ReplyShape): string {
  switch (shape) {
    case 'value':
      return `return { send: async () => ({ value: await ${call} }), close: () => {} }`
    case 'data':
    case 'body':
      return `return { send: async () => ({ value: (await ${call}).${shape} }), close: () => {} }`
    case 'text':
      return `return { send: async () => ({ value: JSON.parse(await ${call}) }), close: () => {} }`
    case 'response': {
      const reply = /\bresponse\b/.test(call) ? 'reply' : 'response'
      return `return {
  async send() {
    const ${reply} = await ${call}
    return { status: ${reply}.status, headers: ${reply}.headers, text: await ${reply}.text() }
  },
  close: () => {},
}`
    }
  }
}
