/**
 * `npm run fixtures:tls`: makes the certificate and key of targets that speak TLS anew, for localhost and 127.0.0.1, valid for
 * a hundred years. Tests trust it by name; the key is public and protects nothing. Needs `openssl`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const file = path.join(import.meta.dirname, '../src/helpers/targets/loopback-tls.json')
const days = 36_500

const folder = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-certificate-'))
try {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name)) as [string, string]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-nodes', '-days', String(days)],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
      ...['-subj', '/CN=wiregauge tests', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const made = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
  writeFileSync(file, `${JSON.stringify(made, undefined, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true })
}
