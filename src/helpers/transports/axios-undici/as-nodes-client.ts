/**
 * What makes undici send a request as Node's client does: axios has its own limits of time, and after HEAD undici closes a
 * connection unless it is told not to.
 */
export const asNodesClient = { headersTimeout: 0, bodyTimeout: 0, reset: false } as const
