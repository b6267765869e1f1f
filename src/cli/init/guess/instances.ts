import type { AnyNode } from 'acorn'
import { nameOf } from './exported.ts'

/** How an instance of a library is led to another address, and asked for a path. */
interface Instance {
  /** Statement by which it talks to `origin`. */
  readonly lead: (name: string) => string
  readonly call: (name: string) => string
}

const instances: Readonly<Record<string, Instance>> = {
  axios: { lead: (name) => `${name}.defaults.baseURL = origin`, call: (name) => `${name}.get(path)` },
  // Their instances cannot be changed, and an extended one has the hooks of the one that it extends.
  ky: {
    lead: (name) => `const led = ${name}.extend({ prefixUrl: origin })`,
    call: () => 'led.get(path.slice(1)).json()',
  },
  got: {
    lead: (name) => `const led = ${name}.extend({ prefixUrl: origin })`,
    call: () => 'led.get(path.slice(1)).json()',
  },
}

/** What `axios.create()`, `ky.create()` or `got.extend()` make; undefined for everything else. */
export function instanceMadeBy(node: AnyNode): Instance | undefined {
  const call = node.type === 'AwaitExpression' ? node.argument : node
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined
  if (!['create', 'extend'].includes(nameOf(call.callee.property) ?? '')) return undefined
  // `axios.create` and, of CommonJS and namespaces, `axios.default.create`.
  const { object } = call.callee
  const name = nameOf(object.type === 'MemberExpression' ? object.object : object)?.toLowerCase()
  return name === undefined || !Object.hasOwn(instances, name) ? undefined : instances[name]
}
