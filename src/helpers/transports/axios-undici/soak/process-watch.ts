import { createHook } from 'node:async_hooks'

/** What the process leaves behind while it is watched. */
export interface ProcessWatch {
  /** Rejections that nobody handled. */
  readonly unhandledRejections: number
  readonly warnings: readonly string[]
  /** Timers begun since the watch began that are neither over nor cleared, whether or not they keep the process alive. */
  readonly timers: number
  end(): void
}

export function watchProcess(): ProcessWatch {
  const timers = new Set<number>()
  const hook = createHook({
    init(id, type) {
      if (type === 'Timeout') timers.add(id)
    },
    destroy(id) {
      timers.delete(id)
    },
    // Which would cost every call, and memory until the next collection.
    trackPromises: false,
  }).enable()
  let unhandledRejections = 0
  const warnings: string[] = []
  const onRejection = (): void => {
    unhandledRejections++
  }
  const onWarning = ({ message }: Error): void => {
    warnings.push(message)
  }
  process.on('unhandledRejection', onRejection).on('warning', onWarning)
  return {
    get unhandledRejections() {
      return unhandledRejections
    },
    warnings,
    get timers() {
      return timers.size
    },
    end() {
      hook.disable()
      process.off('unhandledRejection', onRejection).off('warning', onWarning)
    },
  }
}
