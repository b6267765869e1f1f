import http from 'node:http'
import https from 'node:https'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certificate, echo, Stage } from './test-stage.ts'

let stage: Stage

beforeEach(() => {
  stage = new Stage()
})

afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

describe('TLS', () => {
  test('the options of an agent decide whom to trust', async () => {
    const port = await stage.listen(https.createServer(certificate, echo))
    const url = `https://127.0.0.1:${port}/tls`
    expect(await stage.expectSame({ url, httpsAgent: new https.Agent({ ca: certificate.cert }) })).toMatchObject({
      url: '/tls',
    })
    const careless = new https.Agent({ rejectUnauthorized: false })
    expect(await stage.expectSame({ url, httpsAgent: careless })).toMatchObject({ url: '/tls' })
    expect(await stage.expectSame({ url })).toMatchObject({ code: expect.stringContaining('CERT') })
  })

  test('a certificate of the client is shown to the server', async () => {
    const server = https.createServer(
      { ...certificate, ca: certificate.cert, requestCert: true, rejectUnauthorized: true },
      echo,
    )
    const port = await stage.listen(server)
    const httpsAgent = new https.Agent({ ca: certificate.cert, ...certificate })
    expect(await stage.expectSame({ url: `https://127.0.0.1:${port}/mutual`, httpsAgent })).toMatchObject({
      url: '/mutual',
    })
  })

  test('a redirect from TLS to plain HTTP takes the agent of its scheme', async () => {
    const plainPort = await stage.listen(http.createServer(echo))
    const redirect = https.createServer(certificate, (_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${plainPort}/plain` }).end()
    })
    const port = await stage.listen(redirect)
    const agents = { httpsAgent: new https.Agent({ ca: certificate.cert }), httpAgent: new http.Agent() }
    expect(await stage.expectSame({ url: `https://127.0.0.1:${port}/`, ...agents })).toMatchObject({ url: '/plain' })
  })
})
