import { plainText } from '../helpers/reports/plain-text.ts'

/** Where a command says how far it is; results go elsewhere. */
export interface Progress {
  /** Says what is happening: a line that is replaced in a terminal, nothing elsewhere. */
  live(text: string): void
  /** Says something that stays. */
  line(text: string): void
  /** Takes the live line away. */
  end(): void
}

const eraseLine = '\r\u001b[K'

/** Progress on a stream: a live line in a terminal, plain lines in CI. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  const live = stream.isTTY === true && !process.env['CI']
  const erase = live ? eraseLine : ''
  return {
    live: (text) => {
      if (live)
        stream.write(`${erase}wiregauge: ${plainText(text)} …`.slice(0, (stream.columns ?? 80) + erase.length - 1))
    },
    line: (text) => {
      // Much of it is what others said, npm and libraries among them, and CI reads this stream for commands.
      const lines = text.split('\n').map((line) => `wiregauge: ${plainText(line)}\n`)
      stream.write(`${erase}${lines.join('')}`)
    },
    end: () => {
      stream.write(erase)
    },
  }
}
