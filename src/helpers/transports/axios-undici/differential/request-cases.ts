import { Readable } from 'node:stream'
import { type DifferentialCase, get } from './case.ts'

const methods = ['get', 'delete', 'head', 'options', 'post', 'put', 'patch'] as const

const methodCases: readonly DifferentialCase[] = methods.flatMap((method) => [
  { name: `${method} without a body`, config: get('/m', { method }) },
  { name: `${method} with an object`, config: get('/m', { method, data: { a: 1, b: 'ü' } }) },
  { name: `${method} with text`, config: get('/m', { method, data: 'text ü' }) },
  { name: `${method} with empty text`, config: get('/m', { method, data: '' }) },
  { name: `${method} with a Buffer`, config: get('/m', { method, data: Buffer.from([0, 1, 255]) }) },
  { name: `${method} with an empty Buffer`, config: get('/m', { method, data: Buffer.alloc(0) }) },
  {
    name: `${method} with a stream`,
    config: (origin) => ({ url: `${origin}/m`, method, data: Readable.from([Buffer.from('stream')]) }),
  },
  {
    name: `${method} with a stream of known length`,
    config: (origin) => ({
      url: `${origin}/m`,
      method,
      data: Readable.from([Buffer.from('stream')]),
      headers: { 'Content-Length': 6 },
    }),
  },
])

const bodyCases: readonly DifferentialCase[] = [
  { name: 'an ArrayBuffer', data: () => new Uint8Array([1, 2, 3]).buffer },
  { name: 'a view', data: () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3) },
  { name: 'URLSearchParams', data: () => new URLSearchParams({ a: '1 2', b: 'ü' }) },
  { name: 'a stream', data: () => Readable.from([Buffer.from('one'), Buffer.from('two')]) },
  { name: 'a stream of text', data: () => Readable.from(['one', 'two']) },
  { name: 'a spec FormData', data: () => formData() },
  { name: 'a Blob', data: () => new Blob(['blob'], { type: 'text/x-blob' }) },
  { name: 'a Blob without type', data: () => new Blob(['blob']) },
  { name: 'a form of the package form-data', data: () => new PackageForm() },
  { name: 'an async iterable', data: () => Readable.from(['one']).iterator() },
  { name: 'a number', data: () => 7 },
  { name: 'null', data: () => null },
  { name: 'true', data: () => true },
  { name: 'an array', data: () => [1, 'two'] },
].map(({ name, data }) => ({
  name: `post ${name}`,
  config: (origin) => ({ url: `${origin}/b`, method: 'post', data: data() }),
}))

function formData(): FormData {
  const form = new FormData()
  form.append('field', 'value')
  form.append('file', new Blob(['content'], { type: 'text/plain' }), 'name.txt')
  return form
}

const limitCases: readonly DifferentialCase[] = [
  { name: 'a body within its limit', config: get('/l', { method: 'post', data: '12345', maxBodyLength: 5 }) },
  { name: 'a body over its limit', config: get('/l', { method: 'post', data: '123456', maxBodyLength: 5 }) },
  {
    name: 'a stream over its limit',
    config: (origin) => ({
      url: `${origin}/l`,
      method: 'post',
      data: Readable.from([Buffer.alloc(10)]),
      maxBodyLength: 5,
      maxRedirects: 0,
    }),
  },
  { name: 'an answer within its limit', config: get('/l', { maxContentLength: 2 }) },
  { name: 'an answer over its limit', config: get('/l', { maxContentLength: 1 }) },
  { name: 'an answer over its limit, as a stream', config: get('/l', { maxContentLength: 1, responseType: 'stream' }) },
  { name: 'no limit at all', config: get('/l', { maxContentLength: -1, maxBodyLength: -1 }) },
]

/** As the package form-data makes them: streams that know their headers and their length. */
class PackageForm extends Readable {
  override _read(): void {
    this.push('form')
    this.push(null)
  }

  getHeaders(): Record<string, string> {
    return { 'content-type': 'multipart/form-data; boundary=b', 'x-form': '1' }
  }

  getLength(found: (error: Error | null, length: number) => void): void {
    found(null, 4)
  }

  override toString(): string {
    return '[object FormData]'
  }
}

const streamedCases: readonly DifferentialCase[] = [
  {
    name: 'a form without its own headers',
    config: (origin) => ({
      url: `${origin}/f`,
      method: 'post',
      data: new PackageForm(),
      formDataHeaderPolicy: 'content-only',
    }),
  },
  {
    name: 'limits of the rate',
    config: get('/f', { method: 'post', data: Buffer.alloc(5_000, 'a'), maxRate: [100_000, 100_000] }),
    respond: (response, { body }) => response.end(body),
  },
  {
    name: 'a body of many chunks there and back',
    config: (origin) => ({
      url: `${origin}/f`,
      method: 'post',
      data: Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(20_000, 'a'))),
      responseType: 'stream',
    }),
    respond: (response, { body }) => response.end(body),
  },
]

/** What is sent, and how long it may be. */
export const requestCases: readonly DifferentialCase[] = [...methodCases, ...bodyCases, ...streamedCases, ...limitCases]
