/** What answers the requests to a target where that is not the built-in one, as data: it crosses to other threads and processes. */
export type TargetSource = RoutesSource | OwnServerSource

/** Answers of the built-in target for paths of one's own; every other path is answered as ever. */
export interface RoutesSource {
  readonly kind: 'routes'
  /** The first that matches answers. */
  readonly routes: readonly Route[]
}

/** A module of the project that answers on the target's thread. */
export type OwnServerSource = ServerSource | MswSource

/** The project's own server. */
export interface ServerSource {
  readonly kind: 'server'
  /** `file:` address of the module that exports the server. */
  readonly module: string
  readonly exportName: string
}

/** The project's own handlers of msw. */
export interface MswSource {
  readonly kind: 'msw'
  /** `file:` address of the module that exports the list of handlers. */
  readonly module: string
  readonly exportName: string
  /** Where the handlers take the requests to be addressed to, e.g. `https://api.example.com`. */
  readonly origin: string
}

/** One answer of the built-in target. */
export interface Route {
  /** `POST`. Default: every method. A route for `GET` answers `HEAD` as well. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /**
   * Beginning with a slash. Without a query it matches whatever query a request has, with one the requests whose query begins
   * with it.
   */
  readonly path: string
  /** Default 200. */
  readonly status?: number
  /**
   * Header fields beside those that frame the body. What a recording has of these (`content-length`, `transfer-encoding`,
   * `connection`, `keep-alive`) and its `date` is left out. Default: a `content-type` that fits the body.
   */
  readonly headers?: Readonly<Record<string, string>>
  /** A body, as the value whose JSON it is. */
  readonly json?: unknown
  /** A body, as text. */
  readonly body?: string
  /** A body, as the file that holds its bytes: relative to the module that declares the routes, or a `file:` address. */
  readonly bodyFile?: string
  /** Milliseconds to wait before answering, at most 60,000. Default 0. */
  readonly delayMs?: number
}

/** Whether the answers come from a module of the project, so that nobody knows them before they were given. */
export function isOwnServer(source: TargetSource | undefined): source is OwnServerSource {
  return source !== undefined && source.kind !== 'routes'
}

/** What a project's own server is in messages. */
export function nameOf({ module, exportName }: OwnServerSource): string {
  return `${exportName} in ${module}`
}
