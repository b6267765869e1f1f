import http from 'node:http'
import https from 'node:https'
import type { AxiosRequestConfig } from 'axios'
import { type DifferentialCase, get } from './case.ts'

const streamed: AxiosRequestConfig = { beforeRedirect: () => {} }

/** What the agent of a case is, made anew for each call. */
const agents: readonly (readonly [name: string, agent: () => AxiosRequestConfig])[] = [
  ['an agent that keeps no connections', () => ({ httpAgent: new http.Agent() })],
  ['an agent that keeps connections', () => ({ httpAgent: new http.Agent({ keepAlive: true }) })],
  ['an agent of few connections', () => ({ httpAgent: new http.Agent({ maxSockets: 2 }) })],
  ['no agent at all', () => ({ httpAgent: false })],
  ['an agent of the other protocol', () => ({ httpAgent: new https.Agent() })],
]

/** Agents, on both ways, and behind a redirect. */
export const agentCases: readonly DifferentialCase[] = [
  {
    name: 'an agent of the other protocol, led to',
    config: get('/agent', { httpsAgent: new http.Agent() }),
    respond: (response) => response.writeHead(302, { location: 'https://127.0.0.1:1/' }).end(),
  },
  ...agents.flatMap(onEveryWay),
]

function onEveryWay([name, agent]: (typeof agents)[number]): readonly DifferentialCase[] {
  return [
    { name, config: (origin) => get('/agent', agent())(origin) },
    { name: `${name}, streamed`, config: (origin) => get('/agent', { ...agent(), ...streamed })(origin) },
    {
      name: `${name}, redirected`,
      config: (origin) => get('/agent', agent())(origin),
      respond: (response, { index }) => {
        if (index === 0) response.writeHead(302, { location: '/elsewhere' }).end()
        else response.end('ok')
      },
    },
  ]
}
