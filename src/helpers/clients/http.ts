import * as nodeHttp from 'node:http'
import { defineClient } from './contract.ts'
import { keepAliveAgent } from './keep-alive-agent.ts'

/** The control: plain `node:http` with a keep-alive agent. How fast is this machine today? */
export const http = defineClient(import.meta.url, 'http', {
  name: 'http',
  league: 'equalised',
  open(_library: undefined, clientRequest) {
    const { origin, path, method, headers, body } = clientRequest
    const agent = keepAliveAgent(clientRequest)
    const { hostname, port } = new URL(origin)
    const options = { agent, hostname, port, path, method, headers }
    return {
      send: () =>
        new Promise((resolve, reject) => {
          const request = nodeHttp.request(options, (response) => {
            let text = ''
            response.setEncoding('utf8')
            response.on('data', (chunk: string) => {
              text += chunk
            })
            response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
            response.on('error', reject)
          })
          request.on('error', reject)
          request.end(body)
        }),
      close: () => agent.destroy(),
    }
  },
})
