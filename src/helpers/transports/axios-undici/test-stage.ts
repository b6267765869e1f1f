import type http from 'node:http'
import type net from 'node:net'
import type { AddressInfo } from 'node:net'
import axios, { type AxiosRequestConfig } from 'axios'
import { expect } from 'vitest'
import { loopbackTls } from '../../targets/loopback-tls.ts'
import { type UndiciAdapter, undiciAdapter } from './adapter.ts'

/** For localhost and 127.0.0.1, signed by itself. */
export const certificate = { key: loopbackTls().key, cert: loopbackTls().certificate } as const

/** A server that says what it was asked. */
export function echo(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, url, headers } = request
  const seen = { method, url, host: headers.host, authorization: headers['proxy-authorization'] }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(seen))
}

/** An adapter, and servers that listen until the test ends. */
export class Stage implements AsyncDisposable {
  readonly adapter: UndiciAdapter = undiciAdapter()
  readonly #servers = new AsyncDisposableStack()

  /**
   * @param socketPath Where to listen other than at a port of 127.0.0.1.
   * @returns The port; 0 at a socket path.
   */
  async listen(server: net.Server, socketPath?: string): Promise<number> {
    const sockets = new Set<net.Socket>()
    server.on('connection', (socket: net.Socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    if (socketPath === undefined) server.listen(0, '127.0.0.1', resolve)
    else server.listen(socketPath, resolve)
    await promise
    this.#servers.defer(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    })
    return socketPath === undefined ? (server.address() as AddressInfo).port : 0
  }

  /**
   * What a call gives through axios's http adapter and through this one.
   *
   * @param config Made anew for each where it is a function, because a stream can be read once.
   */
  async throughBoth(config: AxiosRequestConfig | (() => AxiosRequestConfig)): Promise<readonly unknown[]> {
    const results: unknown[] = []
    for (const adapter of ['http', this.adapter] as const) {
      try {
        const asked = typeof config === 'function' ? config() : config
        results.push((await axios.request({ ...asked, adapter })).data)
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        results.push({ code, message })
      }
    }
    return results
  }

  /** @returns What it gives through both. */
  async expectSame(config: AxiosRequestConfig | (() => AxiosRequestConfig)): Promise<unknown> {
    const [expected, found] = await this.throughBoth(config)
    expect(found).toEqual(expected)
    return found
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.adapter.close()
    await this.#servers.disposeAsync()
  }
}
