import * as nodeHttp from 'node:http'
import { request as requestSecurely } from 'node:https'
import { createGunzip } from 'node:zlib'
import { defineClient } from './contract.ts'
import { forNode, nodeAgent } from './node-agent.ts'

/**
 * The control: plain `node:http` with a keep-alive agent, or `node:https` where the target speaks TLS. How fast is this
 * machine today? Node's client leaves compressed bodies to its caller, who decompresses them here.
 */
export const http = defineClient(import.meta.url, 'http', {
  name: 'http',
  league: 'equalised',
  decompresses: true,
  open(_library: undefined, clientRequest) {
    const { origin, path, method, headers, body, certificate } = forNode(clientRequest)
    const agent = nodeAgent(clientRequest)
    const request = certificate === undefined ? nodeHttp.request : requestSecurely
    const { hostname, port } = new URL(origin)
    const options = { agent, hostname, port, path, method, headers }
    return {
      send: () =>
        new Promise((resolve, reject) => {
          const outgoing = request(options, (response) => {
            let text = ''
            const compressed = response.headers['content-encoding'] === 'gzip'
            const content = compressed ? response.pipe(createGunzip()) : response
            content.setEncoding('utf8')
            content.on('data', (chunk: string) => {
              text += chunk
            })
            content.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
            response.on('error', reject)
            if (compressed) content.on('error', reject)
          })
          outgoing.on('error', reject)
          outgoing.end(body)
        }),
      close: () => agent.destroy(),
    }
  },
})
