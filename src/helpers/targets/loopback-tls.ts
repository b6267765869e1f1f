import { readFileSync } from 'node:fs'
import type { TargetTls } from './messages.ts'

const read = (file: string): string => readFileSync(new URL(`../../../fixtures/tls/${file}`, import.meta.url), 'utf8')

/**
 * Certificate and key of targets that speak TLS, for localhost and 127.0.0.1, made by `npm run fixtures:tls`. The key is
 * public and protects nothing.
 */
export function loopbackTls(): TargetTls {
  return { certificate: read('certificate.pem'), key: read('key.pem') }
}
