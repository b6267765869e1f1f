import { type Runtime, Session } from 'node:inspector'

/**
 * Listeners for all events together on the most burdened event emitter or event target of this thread, of all those that
 * are reachable after a forced collection. V8's inspector finds them by their prototype
 * (https://chromedevtools.github.io/devtools-protocol/v8/Runtime/#method-queryObjects), which takes some tenths of a
 * second on a large heap. Emitters that are a library's own kind (`rettime` below msw) are not among them.
 */
export function mostListeners(): number {
  const session = new Session()
  session.connect()
  try {
    return Math.max(
      highestOf(session, "process.getBuiltinModule('node:events').EventEmitter.prototype", listenersOnEmitter),
      highestOf(session, 'EventTarget.prototype', listenersOnTarget),
    )
  } finally {
    session.disconnect()
  }
}

/** The highest count over all objects with a prototype. Both expression and function run in the global scope. */
function highestOf(session: Session, prototype: string, count: (each: object) => number): number {
  const found = answerOf<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', { expression: prototype })
  const { objects } = answerOf<Runtime.QueryObjectsReturnType>(session, 'Runtime.queryObjects', {
    prototypeObjectId: found.result.objectId,
  })
  const highest = answerOf<Runtime.CallFunctionOnReturnType>(session, 'Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: `function () { const count = ${count}; return this.reduce((most, each) => Math.max(most, count(each)), 0) }`,
    returnByValue: true,
  })
  if (highest.exceptionDetails !== undefined) throw new Error(highest.exceptionDetails.exception?.description)
  session.post('Runtime.releaseObject', { objectId: objects.objectId ?? '' })
  return Number(highest.result.value)
}

/** Of what an emitter holds itself: whoever inherits from it may answer questions in ways of his own. */
function listenersOnEmitter(each: object): number {
  const events = Object.getOwnPropertyDescriptor(each, '_events')?.value as Record<PropertyKey, unknown> | undefined
  return Reflect.ownKeys(events ?? {}).reduce((sum, name) => {
    const listeners = events?.[name]
    // Node sets the names of the usual events of a stream beforehand.
    if (listeners === undefined) return sum
    return sum + (Array.isArray(listeners) ? listeners.length : 1)
  }, 0)
}

/**
 * Node keeps the listeners of a target in lists by their events, and itself tells only of one event. Its map is none by its
 * prototype.
 */
function listenersOnTarget(each: object): number {
  const key = Object.getOwnPropertySymbols(each).find(({ description }) => description === 'kEvents')
  const lists = key && Object.getOwnPropertyDescriptor(each, key)?.value
  let sum = 0
  if (lists) {
    Map.prototype.forEach.call(lists, ({ size }) => {
      sum += size
    })
  }
  return sum
}

/** A session of the own thread answers before `post` returns. */
function answerOf<Result>(session: Session, method: string, parameters: object): Result {
  let answer: { error: Error | null; result: Result | undefined } | undefined
  session.post(method, parameters, (error, result) => {
    answer = { error, result: result as Result }
  })
  if (answer?.error) throw answer.error
  if (answer?.result === undefined) throw new Error(`the inspector did not answer ${method}`)
  return answer.result
}
