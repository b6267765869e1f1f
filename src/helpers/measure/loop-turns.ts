import type { Clock } from './clock.ts'

/** The longest that requests follow each other without the event loop having come round. */
const longestMs = 10

/**
 * Lets the event loop come round now and then between the requests of lanes. What a mock answers may be answered without
 * any waiting (msw under axios, nock), so that one request follows the other in microtasks, and no timer fires and no
 * message is read until all lanes stop: the end of a window would never come. For clients of sockets this is one turn
 * more among the many that they wait for.
 *
 * @param next Makes a lane's next request.
 * @param fail Told what `next` throws after a turn.
 * @returns Makes a lane's next request, at once or after a turn.
 */
export function withLoopTurns(
  next: () => void,
  fail: (error: unknown) => void,
  clock: Pick<Clock, 'now' | 'turn'>,
): () => void {
  let turnedAt = clock.now()
  return () => {
    if (clock.now() - turnedAt < longestMs) {
      next()
      return
    }
    clock
      .turn()
      .then(() => {
        turnedAt = clock.now()
        next()
      })
      .catch(fail)
  }
}
