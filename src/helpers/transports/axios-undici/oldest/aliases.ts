import { registerHooks } from 'node:module'

/** Packages, and the names under which the oldest versions that the adapter takes are installed. */
const aliases: Readonly<Record<string, string>> = { axios: 'axios-1.7.0', undici: 'undici-7.0.0' }

registerHooks({
  resolve(specifier, context, next) {
    const [, name = '', rest = ''] = /^(axios|undici)(\/.*)?$/.exec(specifier) ?? []
    const alias = aliases[name]
    return next(alias === undefined ? specifier : alias + rest, context)
  },
})
