import { performance } from 'node:perf_hooks'
import timers from 'node:timers'
import promised from 'node:timers/promises'

/**
 * The clocks of what measures beside a test, which the test cannot fake. Jest's fake timers take the place of the globals
 * before any module is there; Vitest's, when they are asked for, also that of what `node:timers` exports. So each is taken from
 * its module, once, when this is loaded.
 */

/** Monotonic time in milliseconds, from {@link originMs} on. */
export const monotonicMs: () => number = performance.now.bind(performance)

/** When the monotonic time was 0, in milliseconds since the epoch. */
export const originMs = performance.timeOrigin

export const { setTimeout, clearTimeout } = timers

/** Resolves after so many milliseconds; rejects when its signal is given. */
export const sleep = promised.setTimeout

/** Resolves when the event loop has come round once. */
export const nextTurn = promised.setImmediate
