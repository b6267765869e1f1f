import { readFileSync } from 'node:fs'

/** Versions of what is compared, as installed. */
export function peerVersions(): Readonly<Record<string, string>> {
  return versionsOf(['tinybench', 'vitest', 'mitata', 'axios', 'undici'])
}

/** Versions of packages, as installed, by their names. */
export function versionsOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]))
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  const { version } = JSON.parse(readFileSync(file, 'utf8'))
  return String(version)
}
