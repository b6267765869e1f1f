import made from './loopback-tls.json' with { type: 'json' }
import type { TargetTls } from './messages.ts'

/**
 * Certificate and key of targets that speak TLS, for localhost and 127.0.0.1, made by `npm run fixtures:tls`. The key is
 * public and protects nothing.
 */
export function loopbackTls(): TargetTls {
  return made
}
