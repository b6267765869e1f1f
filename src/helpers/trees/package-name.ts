/**
 * As npm wants the names of packages (https://docs.npmjs.com/cli/configuring-npm/package-json#name), capitals as of old. Of
 * the names with a hyphen in front, which npm allows, only scoped ones: others would be options.
 */
const packageName = /^(?:@[\w~-][\w.~-]*\/[\w~-]|[\w~])[\w.~-]*$/

export function isPackageName(text: string): boolean {
  return packageName.test(text)
}
