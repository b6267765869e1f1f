import { type ClientRequest, defineClient } from './contract.ts'
import { type Exchange, Lane, type LaneOwner } from './wire-lane.ts'
import { WireProtocolError } from './wire-protocol-error.ts'

/**
 * The practical limit: a bare socket a lane, at most `connections` of them, a request made into bytes beforehand, and
 * the least reading of a response that still tells the truth. Printed, never budgeted against.
 */
export const wire = defineClient(import.meta.url, 'wire', {
  name: 'wire',
  league: 'equalised',
  open(_library: undefined, request) {
    const bytes = requestBytes(request)
    const lanes = new Set<Lane>()
    const idle: Lane[] = []
    const waiting: Exchange[] = []

    const owner: LaneOwner = {
      onFree(lane) {
        const exchange = waiting.shift()
        if (exchange === undefined) idle.push(lane)
        else lane.start(bytes, exchange)
      },
      onClosed(lane) {
        lanes.delete(lane)
        const at = idle.indexOf(lane)
        if (at !== -1) idle.splice(at, 1)
        const exchange = waiting.shift()
        if (exchange !== undefined) openLane().start(bytes, exchange)
      },
    }

    function openLane(): Lane {
      const lane = new Lane(request, owner)
      lanes.add(lane)
      return lane
    }

    return {
      send: () =>
        new Promise((resolve, reject) => {
          const exchange = { resolve, reject }
          const lane = idle.pop() ?? (lanes.size < request.connections ? openLane() : undefined)
          if (lane === undefined) waiting.push(exchange)
          else lane.start(bytes, exchange)
        }),
      close() {
        for (const exchange of waiting.splice(0)) exchange.reject(new WireProtocolError('the client was closed'))
        for (const lane of lanes) lane.destroy()
      },
    }
  },
})

/** The whole request as it goes over the socket, with the two headers that HTTP/1.1 asks for. */
function requestBytes({ origin, path, method, headers, body, keepAlive = true }: ClientRequest): Buffer {
  const sent: Record<string, string> = { host: new URL(origin).host }
  if (!keepAlive) sent['connection'] = 'close'
  if (body !== undefined) sent['content-length'] = String(Buffer.byteLength(body))
  const lines = Object.entries({ ...sent, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`)
}
