import type { AxiosRequestConfig } from 'axios'
import type { ClientRequest } from './contract.ts'

/** The request of a scenario in axios's words, read as text: what every axios client sends, in either league. */
export function axiosConfig({ origin, path, method, headers, body, responseLimitBytes }: ClientRequest) {
  const config: AxiosRequestConfig<string> = { url: origin + path, method, headers, responseType: 'text' }
  if (body !== undefined) config.data = body
  if (responseLimitBytes !== undefined) config.maxContentLength = responseLimitBytes
  return config
}

/**
 * What the axios clients of the equalised league set besides: the body stays text (older majors parse JSON even with
 * `responseType: 'text'`), every status is a reply, and no proxy of the environment comes between.
 */
export const axiosEqualised = {
  transformResponse: [],
  validateStatus: null,
  proxy: false,
} as const satisfies AxiosRequestConfig
