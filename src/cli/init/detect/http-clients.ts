import { dependenciesOf, type Manifest } from './manifest.ts'

/**
 * Packages that make HTTP requests, by which the modules that wrap one are known. Those that are asked for most on npm; a module
 * that uses another is named with `--module`.
 */
const known = [
  'axios',
  'undici',
  'node-fetch',
  'got',
  'ky',
  'superagent',
  'cross-fetch',
  'isomorphic-fetch',
  'ofetch',
  'wretch',
  'needle',
  'phin',
  'request',
  'graphql-request',
  '@apollo/client',
  'openapi-fetch',
] as const

/** Built-in modules that do. */
const builtIn = ['node:http', 'node:https', 'http', 'https']

/** HTTP clients among the packages that a project asks for. */
export function httpClientsOf(manifest: Manifest): readonly string[] {
  const asked = new Set(dependenciesOf(manifest))
  return known.filter((name) => asked.has(name))
}

/** Whether a package or built-in module makes HTTP requests. */
export function isHttpClient(name: string): boolean {
  return builtIn.includes(name) || known.some((each) => each === name)
}
