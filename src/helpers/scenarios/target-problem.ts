import { existsSync } from 'node:fs'
import { METHODS, validateHeaderName, validateHeaderValue } from 'node:http'
import { isOwnServer, type Route, type TargetSource } from '../targets/target-source.ts'

const longestDelayMs = 60_000

/** What is wrong with the target of a scenario, in words; undefined where nothing is. */
export function targetProblem(source: TargetSource): string | undefined {
  const kind: unknown = source?.kind
  if (typeof kind !== 'string' || !['routes', 'server', 'msw'].includes(kind)) {
    return `target is ${typeof source === 'function' ? 'a function' : JSON.stringify(source)}; expected what routes, serverTarget or mswTarget gives`
  }
  if (isOwnServer(source)) return ownServerProblem(source)
  for (const [index, route] of source.routes.entries()) {
    const problem = routeProblem(route)
    if (problem !== undefined) return `route ${index + 1}${pathText(route)}: ${problem}`
  }
  return undefined
}

function ownServerProblem(source: Extract<TargetSource, { module: string }>): string | undefined {
  const { module, exportName } = source
  if (!isFile(module)) {
    return `there is no file ${module}; its path is relative to the module that declares the target (\`import.meta.url\`)`
  }
  if (typeof exportName !== 'string' || exportName === '')
    return `exportName is ${JSON.stringify(exportName)}; expected a name`
  if (source.kind === 'server') return undefined
  const { origin } = source
  if (URL.canParse(origin) && new URL(origin).origin === origin && origin !== 'null') return undefined
  return `origin is ${JSON.stringify(origin)}; expected scheme and host alone, as in "https://api.example.com"`
}

function routeProblem(route: Route): string | undefined {
  const { path, method, status = 200, headers = {}, bodyFile, delayMs = 0 } = route
  if (typeof path !== 'string' || !/^\/[!-"$-~]*$/.test(path)) {
    return `path is ${JSON.stringify(path)}; expected one that begins with a slash, percent-encoded, without a fragment`
  }
  if (method !== undefined && !METHODS.includes(method))
    return `method is ${JSON.stringify(method)}; expected one such as "POST"`
  if (!Number.isInteger(status) || status < 200 || status > 599) return `status is ${status}; expected 200 to 599`
  const bodies = (['json', 'body', 'bodyFile'] as const).filter((name) => route[name] !== undefined)
  if (bodies.length > 1) return `it has ${bodies.join(' and ')}; expected one of them`
  if (bodies.length > 0 && [204, 205, 304].includes(status)) return `a status of ${status} has no body`
  if (route.body !== undefined && typeof route.body !== 'string')
    return `body is a ${typeof route.body}; expected text, or json`
  if (!(delayMs >= 0 && delayMs <= longestDelayMs)) return `delayMs is ${delayMs}; expected 0 to ${longestDelayMs}`
  if (bodyFile !== undefined && !isFile(bodyFile)) {
    return `there is no file ${bodyFile}; \`routes(import.meta.url, […])\` takes paths relative to its module`
  }
  return jsonProblem(route) ?? headersProblem(headers)
}

function jsonProblem({ json }: Route): string | undefined {
  if (json === undefined) return undefined
  try {
    return JSON.stringify(json) === undefined ? `json is a ${typeof json}; expected a value that has one` : undefined
  } catch (error) {
    return `json cannot be written: ${error instanceof Error ? error.message : String(error)}`
  }
}

function headersProblem(headers: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch (error) {
      return `the header ${JSON.stringify(name)}: ${error instanceof Error ? error.message : String(error)}`
    }
  }
  return undefined
}

function isFile(address: string): boolean {
  return typeof address === 'string' && address.startsWith('file:') && existsSync(new URL(address))
}

function pathText({ path }: Route): string {
  return typeof path === 'string' ? ` (${path})` : ''
}
