/** Node's own undici agent could not be had, so the connections of Node's `fetch` could not be capped. */
export class NodeDispatcherError extends Error {
  override readonly name = 'NodeDispatcherError'
  readonly code = 'WIREGAUGE_NO_NODE_DISPATCHER'

  constructor() {
    super(
      "cannot cap the connections of Node's own fetch: the global dispatcher of this process is not the one that " +
        `comes with Node ${process.version}. Another copy of undici was loaded first; measure the clients fetch and ` +
        'axios-fetch in a process that does not load undici before them.',
    )
  }
}
