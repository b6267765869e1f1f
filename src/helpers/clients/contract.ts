import type { MockSetup } from '../scenarios/mock-setup.ts'
import type { ExpectedAnswer } from '../targets/answers.ts'

/**
 * What an adapter is given: one request of a scenario, addressed to the port of its arm.
 * Everything is data, so that the same value crosses to a measuring process unchanged.
 */
export interface ClientRequest {
  /** Scheme, address and port of the arm's own target port, e.g. `http://127.0.0.1:40123`. */
  readonly origin: string
  /** Path with query, beginning with a slash. */
  readonly path: string
  /** In upper case. */
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Headers that the scenario asks for; names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The whole request body, absent for a request without one. */
  readonly body?: string
  /** Most connections that a client of the equalised league may hold. */
  readonly connections: number
  /** Size limit in bytes that clients with such an option set on responses (axios: `maxContentLength`). */
  readonly responseLimitBytes?: number
  /** Certificate of the target as PEM, which clients of the equalised league trust; present where the origin is `https:`. */
  readonly certificate?: string
  /** `false`: every request opens a connection of its own, which ends with the response. Default true. */
  readonly keepAlive?: boolean
  /** How a mocked client sets up its mock. Default: not at all. */
  readonly mock?: MockSetup
  /** What the target answers to this request, and so what the mock has to answer; present where `mock` is. */
  readonly answer?: ExpectedAnswer
}

/** A whole answer: a response whose body was read to its end. */
export interface WholeReply {
  readonly status: number
  /**
   * The library's own header object, handed on unconverted so that no arm pays for a conversion:
   * a `Headers`, a plain record, or undici's flat list of names and values.
   */
  readonly headers: unknown
  /** The whole body as text. */
  readonly text: string
}

/** What an SDK gives once it has read and parsed the answer; of what is no success it throws. */
export interface ValueReply {
  /**
   * The first of a client is compared in full with the JSON of the answer, or with its text where that is none; of each
   * later one a sample is (`measure/value-sample.ts`).
   */
  readonly value: unknown
}

/** What one request came to. A client gives the same kind of reply to all of its requests. */
export type Reply = WholeReply | ValueReply

/** A client that is ready to send; one that is known to give whole answers is an `OpenClient<WholeReply>`. */
export interface OpenClient<Given extends Reply = Reply> {
  /** Makes one request, and settles when its body has been read. */
  send(): Promise<Given>
  /** Ends every connection; resolves when none is left open on the client's side. */
  close(): Promise<void> | void
}

/**
 * `equalised`: same cap on connections, keep-alive, body read in full as text.
 * `as shipped`: the library's defaults, body read in full as text. The two are never mixed in a table.
 */
export type League = 'equalised' | 'as shipped'

/** What is to be known of a client to measure it, and how to open it. */
export interface ClientAdapter<Library> {
  /** The client's name in files, tables and commands, e.g. `undici-request`. */
  readonly name: string
  /** With which others it may stand in one table. */
  readonly league: League
  /**
   * What is imported from an arm's tree and handed to `open`: a package name, or a path that starts with `./` and is
   * resolved against the root of the tree. Absent for clients that come with Node.
   */
  readonly library?: string
  /** Further entry points of the library, `msw/node`: `open` is handed what they export beside what the library does. */
  readonly entryPoints?: readonly string[]
  /** Packages that it needs beside its library, and takes from where wiregauge is installed. Default: none. */
  readonly needs?: readonly string[]
  /**
   * True for a client that keeps state for the whole process (a global dispatcher, patched built-ins): two versions of
   * it in one process would measure each other, so it is never paired there. Default false.
   */
  readonly processWide?: boolean
  /** Name of the client that a mock library is set up around, where that library is what `library` names. Default: none. */
  readonly unmocked?: string
  /** The first version of its library that it runs on, `1.7.0`. Default: every one. */
  readonly since?: string
  /** Whether it hands on a compressed body decompressed. Default false. */
  readonly decompresses?: boolean
  /** Whether `responseLimitBytes` means anything to it. Default false. */
  readonly limitsResponses?: boolean
  /**
   * Set for what only a gateway has: the kind of its route. It cannot be opened by itself. Default: an ordinary client, which
   * a gateway calls in an async route.
   */
  readonly route?: 'ping' | 'blocking' | 'pool'
  /**
   * What of the answer's JSON its `value` is, where it gives one: `({ data }) => data` for a GraphQL client that gives `data`.
   * Default: all of it.
   */
  valueIn?(answer: unknown): unknown
  /**
   * Makes a client for one scenario out of the given library (the module namespace object). Requests that it makes
   * meanwhile (a token, a discovery) are no part of what is measured, nor counted.
   */
  open(library: Library, request: ClientRequest): OpenClient | Promise<OpenClient>
}

/** A client with its address: it crosses to measuring processes as module address and export name. */
export interface Client<Library = unknown> extends ClientAdapter<Library> {
  /** `file:` address of the module that exports this client. */
  readonly module: string
  /** Name of the export. */
  readonly exportName: string
}

/**
 * Declares a client. The module must export the returned value under `exportName`, because measuring processes import
 * it from there.
 *
 * @param module `import.meta.url` of the declaring module.
 * @param exportName Name under which the module exports the client.
 */
export function defineClient<Library>(
  module: string,
  exportName: string,
  adapter: ClientAdapter<Library>,
): Client<Library> {
  return { ...adapter, module, exportName }
}
