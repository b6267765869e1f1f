import readline from 'node:readline/promises'

/** Whoever was asked ended the command. */
export class QuestionInterruptedError extends Error {
  readonly code = 'WIREGAUGE_INTERRUPTED'
  override readonly name = 'QuestionInterruptedError'

  constructor(options?: ErrorOptions) {
    super('interrupted: nothing is written', options)
  }
}

/** Whom to ask what cannot be known; absent where there is no terminal. */
export interface Questions {
  /**
   * @returns What was typed, or else the default.
   * @throws {QuestionInterruptedError} for Ctrl-C and Ctrl-D, and when the signal is given.
   */
  ask(question: string, otherwise?: string): Promise<string>
}

/** Asks in a terminal. Ctrl-C ends the command, as everywhere. */
export function questionsIn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Questions {
  return {
    async ask(question, otherwise = '') {
      const lines = readline.createInterface({ input, output })
      try {
        const shown = otherwise === '' ? '' : ` (${otherwise})`
        return (await lines.question(`${question}${shown} `, { signal })).trim() || otherwise
      } catch (cause) {
        // A question fails for nothing else.
        throw new QuestionInterruptedError({ cause })
      } finally {
        lines.close()
      }
    },
  }
}

/** What is asked for where guesses were wrong. */
interface Asked {
  readonly module: string | undefined
  readonly exportName: string | undefined
  readonly open: string | undefined
  readonly call: string | undefined
  readonly path: string | undefined
}

/** Asks how the client is called; what is in doubt is proposed. */
export async function askedFor(questions: Questions, doubtful: Asked): Promise<Asked> {
  const ask = async (question: string, otherwise: string | undefined): Promise<string | undefined> =>
    (await questions.ask(question, otherwise)) || undefined
  return {
    module: await ask('module of the client, such as ./src/api.ts:', doubtful.module),
    exportName: await ask('its export, such as createApi:', doubtful.exportName),
    open: await ask('what makes a client, such as createApi({ baseURL: origin }); nothing to guess it:', doubtful.open),
    call: await ask("what makes one request, such as api.getItem('42'):", doubtful.call),
    path: await ask('the path that it asks for, such as /items/42; nothing to see it:', doubtful.path),
  }
}
