import type { Writable } from 'node:stream'

/** Calls back once a stream takes more, or is closed. */
export function whenFree(stream: Writable, done: () => void): void {
  const free = (): void => {
    stream.off('drain', free).off('close', free)
    done()
  }
  stream.on('drain', free).on('close', free)
}
