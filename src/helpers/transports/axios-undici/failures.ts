import type { AxiosError, AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import type { AxiosApi } from './axios-api.ts'
import { codeOfParser } from './parser-codes.ts'
import type { SentRequest } from './sent-request.ts'

/** Where a request stood when it failed. */
export interface FailedCall {
  readonly config: InternalAxiosRequestConfig
  readonly request: SentRequest
  /** As far as it came; undefined before its headers. */
  readonly response: AxiosResponse | undefined
}

/** Of undici, or of the socket. */
export type Failure = Error & { readonly code?: string | undefined }

/** Ends of a response that is not whole, of which Node's client says that it was aborted. */
const cutShort: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

/** Whether a response ended before its time, and not because what came was wrong or the connection broke. */
export function isCutShort({ code = '' }: Failure): boolean {
  return cutShort.has(code)
}

/** What axios's http adapter fails with when the connection is lost while a body comes. */
export function streamAborted(
  { AxiosError }: AxiosApi,
  { config, request, response }: FailedCall,
  cause?: Error,
): AxiosError {
  const error = new AxiosError('stream has been aborted', AxiosError.ERR_BAD_RESPONSE, config, request, response)
  // Not enumerable, as `AxiosError.from` has it: what is below it has cycles.
  if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause, writable: true, configurable: true })
  return error
}

/** An error before a response as Node's client would have given it; `cause` keeps undici's own. */
export function asNodeGives(error: Failure): Error {
  const { name, message, code } = error
  if (name === 'HTTPParserError') {
    const [, reason = message] = /\((.*)\)$/s.exec(message) ?? []
    return nodeError(`Parse Error: ${reason}`, code ?? codeOfParser(reason), error)
  }
  if (code === 'UND_ERR_SOCKET') return hangUp(error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return nodeError('Parse Error: Header overflow', 'HPE_HEADER_OVERFLOW', error)
  }
  // How undici 8 refuses a status that HTTP does not have, or that nobody asked for.
  if (code === 'ERR_ASSERTION')
    return nodeError('Parse Error: a status that undici does not take', 'HPE_INVALID_STATUS', error)
  // Of a given dispatcher only: the adapter's own have no limit of time for connecting.
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return nodeError(message, 'ETIMEDOUT', error)
  return error
}

/** What Node's client says of a connection that ended before a response. */
export function hangUp(cause?: Error): Error {
  return nodeError('socket hang up', 'ECONNRESET', cause)
}

/** What the response of Node's client says when its connection ended before it did. */
export function aborted(cause?: Error): Error {
  return nodeError('aborted', 'ECONNRESET', cause)
}

function nodeError(message: string, code: string | undefined, cause: Error | undefined): Error {
  return Object.assign(new Error(message, cause && { cause }), code === undefined ? {} : { code })
}
