import type { ClientRequest } from '../contract.ts'

/** A request whose scenario asks for a mock. */
export type MockedRequest = ClientRequest & Required<Pick<ClientRequest, 'mock' | 'answer'>>

/** Whether the scenario asks for a mock. */
export function isMocked(request: ClientRequest): request is MockedRequest {
  return request.mock !== undefined && request.answer !== undefined
}

/**
 * The paths that handlers are registered for, in their order, with the query of the request. Where requests are to be answered,
 * the last path is that of the request, and all others match nothing that is ever sent.
 */
export function mockedPaths({ path, mock }: MockedRequest): readonly string[] {
  return Array.from({ length: mock.handlers }, (_, index) =>
    mock.requests === 'answered' && index === mock.handlers - 1 ? path : `/unmatched-${index}${path}`,
  )
}

/** A path or address as the scenario wants it matched: the text itself, or a regular expression that matches it alone. */
export function pathMatcher(path: string, { regularExpressions = false }: MockedRequest['mock']): string | RegExp {
  if (!regularExpressions) return path
  // undici puts an equals sign behind a query that is a mere name, before it compares.
  return new RegExp(`^${path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}=?$`)
}

/** The headers of a mocked answer. */
export function answerHeaders({ answer }: MockedRequest): Record<string, string> {
  return answer.contentType === undefined ? {} : { 'content-type': answer.contentType }
}
