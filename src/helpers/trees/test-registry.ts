import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A version of a package, made on the fly. */
interface TestVersion {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly deprecated?: string
  /** Beside a package.json and an index.js that exports the version. */
  readonly files?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  /** Files by the names of the commands that they are. */
  readonly bin?: Readonly<Record<string, string>>
}

/** Versions by name of package; the last one is `latest`. */
export type TestPackages = Readonly<Record<string, Readonly<Record<string, TestVersion>>>>

/** An npm registry on 127.0.0.1. */
export interface TestRegistry extends AsyncDisposable {
  readonly url: string
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[]
  /** Has more versions from now on, or others. */
  publish(packages: TestPackages): void
  /** Has connections refused. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  /** Leaves requests whose path matches without an answer from now on; resolves when the first arrives. */
  stall(path: RegExp): Promise<void>
}

export async function startRegistry(first: TestPackages): Promise<TestRegistry> {
  let packages = first
  let stalled: { readonly path: RegExp; readonly arrived: () => void } | undefined
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    requests.push(path)
    if (stalled?.path.test(path)) stalled.arrived()
    else answer(packages, url, path, response)
  })
  const listen = async (port: number): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
  }
  const close = async (): Promise<void> => {
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    requests,
    publish: (more) => {
      packages = { ...packages, ...more }
    },
    goDown: close,
    comeBack: async () => await listen(port),
    stall: async (path) =>
      await new Promise((resolve) => {
        stalled = { path, arrived: resolve }
      }),
    [Symbol.asyncDispose]: close,
  }
}

/** `/name` is the packument, `/name/-/version.tgz` the tarball. */
function answer(packages: TestPackages, url: string, path: string, response: ServerResponse): void {
  const [, name = '', version] = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(.+)\.tgz)?$/.exec(path) ?? []
  const versions = packages[name]
  const wanted = version === undefined ? undefined : versions?.[version]
  if (versions === undefined || (version !== undefined && wanted === undefined)) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}')
  } else if (version === undefined || wanted === undefined) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(packument(name, versions, url)))
  } else {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball(name, version, wanted))
  }
}

function packument(name: string, versions: TestPackages[string], url: string): object {
  const manifests = Object.entries(versions).map(([version, what]) => {
    const integrity = `sha512-${createHash('sha512')
      .update(tarball(name, version, what))
      .digest('base64')}`
    const { deprecated } = what
    const dist = { tarball: `${url}/${name}/-/${version}.tgz`, integrity }
    return [version, { ...manifest(name, version, what), ...(deprecated ? { deprecated } : {}), dist }] as const
  })
  const latest = Object.keys(versions).at(-1)
  return { _id: name, name, 'dist-tags': { latest }, versions: Object.fromEntries(manifests) }
}

function manifest(name: string, version: string, { dependencies, scripts, bin }: TestVersion): object {
  return {
    name,
    version,
    main: 'index.js',
    dependencies,
    scripts,
    bin,
    ...(scripts?.['install'] ? { hasInstallScript: true } : {}),
  }
}

/** Of versions that were asked for once. */
const made = new WeakMap<TestVersion, Buffer>()

function tarball(name: string, version: string, what: TestVersion): Buffer {
  const known = made.get(what)
  if (known !== undefined) return known
  const fresh = packed(name, version, what)
  made.set(what, fresh)
  return fresh
}

function packed(name: string, version: string, what: TestVersion): Buffer {
  const files = {
    'package.json': JSON.stringify(manifest(name, version, what)),
    'index.js': `module.exports = ${JSON.stringify(version)}\n`,
    ...what.files,
  }
  const blocks = Object.entries(files).flatMap(([file, text]) => tarEntry(`package/${file}`, Buffer.from(text)))
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1_024)]))
}

/** Header and padded content of a file: https://www.gnu.org/software/tar/manual/html_node/Standard.html. */
function tarEntry(name: string, content: Buffer): readonly Buffer[] {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
}
