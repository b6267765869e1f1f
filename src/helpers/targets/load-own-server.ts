import { type RequestListener, Server } from 'node:http'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../budgets/usage-error.ts'
import { type GetResponse, mswListener } from './msw-listener.ts'
import { OwnServer, serverFor } from './own-server.ts'
import { type MswSource, nameOf, type OwnServerSource, type ServerSource } from './target-source.ts'

/** A Fastify instance, as far as it is needed. */
interface FastifyLike {
  ready(): PromiseLike<unknown>
  readonly server: unknown
}

/**
 * Loads the server of a project's own module.
 *
 * @throws {UsageError} when the module cannot be imported, has no such export, or exports something that cannot be asked.
 */
export async function loadOwnServer(source: OwnServerSource): Promise<OwnServer> {
  const exported = await exportOf(source)
  try {
    return new OwnServer(source.kind === 'msw' ? await mswServer(source, exported) : await serverOf(source, exported))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${nameOf(source)} cannot be started: ${messageOf(cause)}`, { cause })
  }
}

async function exportOf(source: OwnServerSource): Promise<unknown> {
  const { module, exportName } = source
  let exports: Record<string, unknown>
  try {
    exports = await import(module)
  } catch (cause) {
    throw new UsageError(
      `${module} could not be imported on the target's thread by Node ${process.versions.node}: ${messageOf(cause)}`,
      { cause },
    )
  }
  if (exports[exportName] !== undefined) return exports[exportName]
  throw new UsageError(
    `${module} has no export named ${exportName}; it exports ${Object.keys(exports).join(', ') || 'nothing'}`,
  )
}

async function serverOf(source: ServerSource, exported: unknown): Promise<Server> {
  // A listener takes request and response; what takes less makes something.
  const isFactory = typeof exported === 'function' && exported.length < 2 && !isFastify(exported)
  const app: unknown = isFactory ? await exported() : exported
  if (app instanceof Server) return app
  if (isFastify(app)) {
    await app.ready()
    if (app.server instanceof Server) return app.server
  } else if (typeof app === 'function') return serverFor(app as RequestListener)
  throw new UsageError(
    `${nameOf(source)} is no server that can be asked: expected a request listener, an Express app, a Fastify instance or a ` +
      'Server of node:http (TLS and HTTP/2 are none of its business: `secure: true` has the target speak TLS), or a function ' +
      `without parameters that gives one; got ${typeof app === 'object' ? 'an object' : typeof app}`,
  )
}

function isFastify(app: unknown): app is FastifyLike {
  return (
    ((typeof app === 'object' && app !== null) || typeof app === 'function') &&
    'ready' in app &&
    typeof app.ready === 'function' &&
    'routing' in app
  )
}

async function mswServer(source: MswSource, handlers: unknown): Promise<Server> {
  if (!Array.isArray(handlers) || handlers.length === 0) {
    throw new UsageError(`${nameOf(source)} is no list of msw handlers: expected [http.get(…), …]`)
  }
  // The project's own msw, in the version that its handlers were made with.
  const entry = createRequire(source.module).resolve('msw')
  const { getResponse } = (await import(pathToFileURL(entry).href)) as { getResponse: GetResponse }
  return serverFor(mswListener(handlers, getResponse, source))
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
