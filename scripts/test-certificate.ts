/**
 * `npm run fixtures:tls`: makes the certificate and key of `fixtures/tls` anew, for localhost and 127.0.0.1, valid for a
 * hundred years. Tests trust it by name; the key is public and protects nothing. Needs `openssl`.
 */
import { execFileSync } from 'node:child_process'
import path from 'node:path'

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'tls')
const days = 36_500

execFileSync(
  'openssl',
  [
    ...['req', '-x509', '-nodes', '-days', String(days)],
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    ...['-subj', '/CN=wiregauge tests', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'certificate.pem')],
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
)
