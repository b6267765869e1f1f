import vm from 'node:vm'

/**
 * Milliseconds since the epoch, which no test can fake: of all realms none but its own has a faked `Date`, and no module of
 * Node has one. Not for measuring processes, whose memory another realm would be part of.
 */
export const epochMs: () => number = vm.runInNewContext('Date.now')
