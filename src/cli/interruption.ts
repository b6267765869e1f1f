/**
 * The signal that is given when the command is to end: by Ctrl-C, by `kill`, when its terminal is closed, and when a process
 * that started it with a channel, as `bin/wiregauge.js` does, is gone. Asking more than once is like asking once.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  process.on('disconnect', interrupt)
  // Whoever listens for its end would be kept alive by the channel.
  process.channel?.unref()
  return controller.signal
}
