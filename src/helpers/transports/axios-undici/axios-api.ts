import type { AxiosStatic } from 'axios'

/**
 * What the adapter uses of axios. Errors and headers must be made by the axios that a caller has, or `instanceof` fails:
 * with CommonJS that is another copy than with modules.
 */
export type AxiosApi = Pick<AxiosStatic, 'AxiosError' | 'AxiosHeaders' | 'CanceledError' | 'getAdapter' | 'VERSION'>
