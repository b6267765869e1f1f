import type { MswSource, Route, RoutesSource, ServerSource } from '../targets/target-source.ts'

/**
 * Answers of the built-in target for paths of one's own: headers, bodies, recorded ones, statuses, delays. The first route that
 * matches answers; whatever no route matches is answered as ever. What a client asks for while it is opened, a token say, is a
 * route like any other.
 */
export function routes(own: readonly Route[]): RoutesSource
/**
 * The same, with bodies in files.
 *
 * @param module `import.meta.url` of the module that declares them, which the files are relative to.
 */
export function routes(module: string, own: readonly Route[]): RoutesSource
export function routes(...given: readonly [readonly Route[]] | readonly [string, readonly Route[]]): RoutesSource {
  const [module, own] = given.length === 1 ? [undefined, given[0]] : given
  return { kind: 'routes', routes: own.map((route) => withAddress(route, module)) }
}

/**
 * The project's own server as the target: it is imported on the target's thread, and every arm has a port of its own around it.
 * It need not listen. What it exports is a request listener of `node:http` (an Express app is one), a Fastify instance, a `Server`
 * of `node:http`, or a function without parameters that gives one of these, also later.
 *
 * What a request of the scenario is answered with is asked for twice before anything is measured; answers that differ are an
 * error, because work could not be shown to be equal.
 *
 * @param module `import.meta.url` of the declaring module.
 * @param file The server's module, relative to the declaring one: `./server.ts`. Node imports it, without a bundler.
 * @param exportName Name of its export.
 */
export function serverTarget(module: string, file: string, exportName: string): ServerSource {
  return { kind: 'server', module: addressOf(file, module), exportName }
}

/**
 * The project's own msw handlers as the target: a server of `node:http` on the target's thread asks msw which handler answers.
 * Clients send real requests to it, so that nothing of them is patched.
 *
 * @param module `import.meta.url` of the declaring module.
 * @param file The module of the handlers, relative to the declaring one: `./handlers.ts`. It imports the project's own msw.
 * @param exportName Name of the list that it exports.
 * @param options What the handlers know.
 * @param options.origin Where the handlers take requests to be addressed to: `https://api.example.com` for a handler of
 * `https://api.example.com/items/:id`. Handlers of relative paths match with any. Default `http://localhost`.
 */
export function mswTarget(
  module: string,
  file: string,
  exportName: string,
  { origin = 'http://localhost' }: { readonly origin?: string } = {},
): MswSource {
  return { kind: 'msw', module: addressOf(file, module), exportName, origin }
}

function withAddress(route: Route, module: string | undefined): Route {
  const { bodyFile } = route
  return bodyFile === undefined || module === undefined ? route : { ...route, bodyFile: addressOf(bodyFile, module) }
}

/** What is no address stays as it is, and the scenario tells. */
function addressOf(file: string, module: string): string {
  return URL.canParse(file, module) ? new URL(file, module).href : file
}
