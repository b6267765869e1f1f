import { axios } from '../../clients/axios.ts'
import { nodeFetch } from '../../clients/node-fetch.ts'
import { undiciRequest } from '../../clients/undici-request.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import { type Fault, fault } from '../fault.ts'
import type { Patch } from '../patch.ts'

/** axios gives every request an agent of its own that keeps nothing. */
export const axiosWithoutKeepAlive: readonly Patch[] = [
  {
    file: 'axios/lib/adapters/http.js',
    anchor: "const httpAgent = own('httpAgent');",
    text: 'const httpAgent = new http.Agent();',
  },
]

/** Clients that open a connection for every request. */
export function loseKeepAlive(scenario: Scenario): readonly Fault[] {
  const about = {
    name: 'lost keep-alive',
    description: 'every request opens a connection of its own',
    scenario,
    expects: ['connections'],
  }
  return [
    fault({ ...about, client: axios, patches: axiosWithoutKeepAlive }),
    fault({
      ...about,
      client: undiciRequest,
      patches: [
        {
          file: 'undici/lib/dispatcher/client.js',
          anchor: 'this[kPipelining] = pipelining != null ? pipelining : 1',
          text: 'this[kPipelining] = 0',
        },
      ],
    }),
    fault({
      ...about,
      client: nodeFetch,
      patches: [
        {
          file: 'node-fetch/src/index.js',
          anchor: 'send(parsedURL.toString(), options)',
          text: 'send(parsedURL.toString(), {...options, agent: new http.Agent()})',
        },
      ],
    }),
  ]
}

/** axios sends a header that nobody asked for. */
export const axiosWithHeader: readonly Patch[] = [
  {
    file: 'axios/lib/core/dispatchRequest.js',
    anchor: "config.headers = AxiosHeaders.from(utils.getSafeProp(config, 'headers'));",
    text: `config.headers = AxiosHeaders.from(utils.getSafeProp(config, 'headers'));
  config.headers.set('X-Unasked', 'yes');`,
  },
]

/** Clients that send a header that nobody asked for. */
export function sendHeader(scenario: Scenario): readonly Fault[] {
  const about = {
    name: 'one more header',
    description: 'every request has a header that nobody asked for',
    scenario,
    expects: ['request bytes'],
  }
  const undiciServername = 'this.servername = servername || getServerName(this.host) || null'
  const nodeFetchUserAgent = '// HTTP-network-or-cache fetch step 2.11'
  return [
    fault({ ...about, client: axios, patches: axiosWithHeader }),
    fault({
      ...about,
      client: undiciRequest,
      patches: [
        {
          file: 'undici/lib/core/request.js',
          anchor: undiciServername,
          text: `processHeader(this, 'x-unasked', 'yes')\n    ${undiciServername}`,
        },
      ],
    }),
    fault({
      ...about,
      client: nodeFetch,
      patches: [
        {
          file: 'node-fetch/src/request.js',
          anchor: nodeFetchUserAgent,
          text: `headers.set('X-Unasked', 'yes');\n\n\t${nodeFetchUserAgent}`,
        },
      ],
    }),
  ]
}

/** Clients that leave a listener on the pooled socket with every request. */
export function leakListeners(scenario: Scenario): readonly Fault[] {
  const about = {
    name: 'listener leak',
    description: 'every request leaves a listener on its pooled socket',
    scenario,
    expects: ['listeners against reference'],
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is undici's text that has the placeholders.
  const undiciHeader = 'let header = `${method} ${path} HTTP/1.1\\r\\n`'
  return [
    fault({
      ...about,
      client: axios,
      patches: [
        {
          file: 'axios/lib/adapters/http.js',
          anchor: 'if (!socket[kAxiosSocketListener]) {',
          text: 'if (socket) {',
        },
      ],
    }),
    fault({
      ...about,
      client: undiciRequest,
      patches: [
        {
          file: 'undici/lib/dispatcher/client-h1.js',
          anchor: undiciHeader,
          text: `socket.on('timeout', () => request)\n\n  ${undiciHeader}`,
        },
      ],
    }),
    fault({
      ...about,
      client: nodeFetch,
      // As in 3.0.0 to 3.2.4: the one listener that is not taken off.
      patches: [
        {
          file: 'node-fetch/src/index.js',
          anchor: "socket.removeListener('close', onSocketClose);",
          text: '',
        },
      ],
    }),
  ]
}
