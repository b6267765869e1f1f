import axios, { type AxiosProgressEvent } from 'axios'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type UndiciAdapter, undiciAdapter } from './adapter.ts'
import { RecordingServer } from './differential/recording-server.ts'

let server: RecordingServer
let adapter: UndiciAdapter

beforeEach(async () => {
  server = await new RecordingServer().listen()
  adapter = undiciAdapter()
})

afterEach(async () => {
  await adapter.close()
  await server[Symbol.asyncDispose]()
})

/** Last of what was told while a body went there and back. */
async function lastProgress(through: UndiciAdapter | 'http') {
  const sent = Promise.withResolvers<AxiosProgressEvent>()
  const came = Promise.withResolvers<AxiosProgressEvent>()
  const whenWhole =
    ({ resolve }: PromiseWithResolvers<AxiosProgressEvent>) =>
    (event: AxiosProgressEvent): void => {
      if (event.loaded === event.total) resolve(event)
    }
  server.reset((response, { body }) => response.writeHead(200, { 'content-length': body.length }).end(body))
  const { data } = await axios.post(server.origin, Buffer.alloc(300_000, 'a'), {
    adapter: through,
    onUploadProgress: whenWhole(sent),
    onDownloadProgress: whenWhole(came),
  })
  const seen = ({ loaded, total, progress, upload, download, lengthComputable }: AxiosProgressEvent) => {
    return { loaded, total, progress, upload, download, lengthComputable }
  }
  return { length: data.length, sent: seen(await sent.promise), came: seen(await came.promise) }
}

test('upload and download are told about as the http adapter tells about them', async () => {
  const found = await lastProgress(adapter)
  expect(found).toEqual(await lastProgress('http'))
  expect(found).toMatchObject({
    length: 300_000,
    sent: { loaded: 300_000, total: 300_000, progress: 1, upload: true },
    came: { loaded: 300_000, total: 300_000, progress: 1, download: true },
  })
})
