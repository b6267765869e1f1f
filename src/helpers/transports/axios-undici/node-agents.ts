import http from 'node:http'
import https from 'node:https'

/** Everything that an agent was made with, and what was changed in it since. Not to be written to. */
export function optionsOfAgent(agent: object | undefined): Readonly<Record<string, unknown>> {
  // Documented for `https.Agent` only, and there for both.
  const { options } = (agent ?? {}) as { readonly options?: unknown }
  return typeof options === 'object' && options !== null ? (options as Readonly<Record<string, unknown>>) : {}
}

/** What Node's client calls of an agent; some of it is not documented. */
type Connecting = Readonly<Record<'createConnection' | 'createSocket' | 'addRequest' | 'getName', unknown>>

/** With what is documented for its options only. */
export type NodeAgent = http.Agent & {
  readonly keepAlive: boolean
  readonly protocol?: string
  readonly defaultPort: number
}

/** Whether an agent connects as Node's own does, only with options. */
export function connectsAsStandard(agent: unknown): agent is NodeAgent {
  if (!(agent instanceof http.Agent)) return false
  const own = agent as unknown as Connecting
  const standard = (agent instanceof https.Agent ? https : http).Agent.prototype as unknown as Connecting
  return (
    own.createConnection === standard.createConnection &&
    own.createSocket === standard.createSocket &&
    own.addRequest === standard.addRequest &&
    own.getName === standard.getName
  )
}

/** Options of Node's agents that say how many connections there are, and not how each is made. */
const pooling: ReadonlySet<string> = new Set([
  ...['keepAlive', 'keepAliveMsecs', 'maxSockets', 'maxTotalSockets', 'maxFreeSockets', 'scheduling', 'timeout'],
  ...['agentKeepAliveTimeoutBuffer', 'path'],
  // These are fields of an agent, too, and are looked at there.
  ...['protocol', 'defaultPort'],
])

/** Whether an option is set that says how connections are made. */
function isConnectOption(name: string, value: unknown): boolean {
  // Node sets it to true by itself, which is what undici does.
  if (name === 'noDelay') return value === false
  return value !== undefined && value !== null && !pooling.has(name)
}

/** Whether Node's global agent is what Node made. Asked for every request, so that it looks and makes nothing. */
export function isAsNodeMade(agent: http.Agent, isDirect: boolean): boolean {
  if (!connectsAsStandard(agent) || !agent.keepAlive || !hasUsualPort(agent)) return false
  if (agent.maxSockets !== Number.POSITIVE_INFINITY || agent.maxTotalSockets !== Number.POSITIVE_INFINITY) return false
  const options = optionsOfAgent(agent)
  for (const name in options) {
    if (isConnectOption(name, options[name]) && !(isDirect && name === 'proxyEnv')) return false
  }
  return true
}

/** Whether an address without a port means what it does without an agent. */
export function hasUsualPort(agent: NodeAgent): boolean {
  return agent.defaultPort === (agent instanceof https.Agent ? 443 : 80)
}

/** How connections are made: addresses, TLS. */
export type ConnectOptions = Readonly<Record<string, unknown>> & { readonly localAddress?: string }

/** Of the options of an agent, or of what a tunnel keeps about its proxy, those that say how each connection is made. */
export function connectOptionsOf(options: Readonly<Record<string, unknown>>): ConnectOptions {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => isConnectOption(name, value)))
}

/** An agent as it was when it was last looked at. */
export class AgentState {
  readonly #options: Readonly<Record<string, unknown>>
  readonly #count: number
  readonly #numbers: AgentNumbers

  constructor(agent: object | undefined) {
    this.#options = { ...optionsOfAgent(agent) }
    this.#count = Object.keys(this.#options).length
    this.#numbers = { ...numbersOf(agent) }
  }

  isStillOf(agent: object | undefined): boolean {
    const numbers = numbersOf(agent)
    if (numbers.keepAlive !== this.#numbers.keepAlive || numbers.maxSockets !== this.#numbers.maxSockets) return false
    if (numbers.maxTotalSockets !== this.#numbers.maxTotalSockets) return false
    const options = optionsOfAgent(agent)
    let count = 0
    for (const name in options) {
      if (options[name] !== this.#options[name]) return false
      count++
    }
    return count === this.#count
  }
}

type AgentNumbers = Partial<Pick<NodeAgent, 'keepAlive' | 'maxSockets' | 'maxTotalSockets'>>

function numbersOf(agent: object | undefined): AgentNumbers {
  const { keepAlive, maxSockets, maxTotalSockets } = (agent ?? {}) as AgentNumbers
  return { keepAlive, maxSockets, maxTotalSockets } as AgentNumbers
}
