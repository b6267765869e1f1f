import type * as Axios from 'axios'
import { axiosConfig, axiosEqualised } from './axios-config.ts'
import { type ClientRequest, defineClient } from './contract.ts'
import { forNode, nodeAgent } from './node-agent.ts'
import { undiciOptions } from './undici-options.ts'

/** axios over this project's undici adapter: what callers of axios get without changing a call. */
export const axiosUndici = defineClient(import.meta.url, 'axiosUndici', {
  name: 'axios-undici',
  league: 'equalised',
  library: 'axios',
  needs: ['undici'],
  since: '1.7.0',
  limitsResponses: true,
  decompresses: true,
  async open({ default: library }: typeof Axios, request) {
    // It needs axios and undici, which whoever imports this client need not have.
    const { undiciAdapter } = await import('../transports/axios-undici/adapter.ts')
    const { connections, keepAliveTimeout: keepAliveTimeoutMs } = undiciOptions(request)
    const adapter = undiciAdapter({ connections, keepAliveTimeoutMs, axios: library })
    const client = library.create({ ...axiosEqualised, ...agentOf(request), adapter })
    const config = axiosConfig(forNode(request))
    return {
      async send() {
        const { status, headers, data } = await client.request<string>(config)
        return { status, headers, text: data }
      },
      close: () => adapter.close(),
    }
  },
})

/** Callers of axios trust a certificate by an agent of Node, which the adapter reads. */
function agentOf(request: ClientRequest) {
  return request.certificate === undefined ? {} : { httpsAgent: nodeAgent(request) }
}
