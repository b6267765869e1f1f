import http from 'node:http'
import https from 'node:https'
import { expect, test } from 'vitest'
import { isNodesClientMocked } from './interception.ts'

test.each([
  ['http.request', http, 'request'],
  ['http.get', http, 'get'],
  ['http.ClientRequest', http, 'ClientRequest'],
  ['https.request', https, 'request'],
  ['https.get', https, 'get'],
])('something in the place of %s is noticed for as long as it is there', (_name, module, name) => {
  expect(isNodesClientMocked()).toBe(false)
  const own: unknown = Reflect.get(module, name)
  Reflect.set(module, name, () => {})
  try {
    expect(isNodesClientMocked()).toBe(true)
  } finally {
    Reflect.set(module, name, own)
  }
  expect(isNodesClientMocked()).toBe(false)
})
