/** Parts of axios that it exports under `axios/unsafe` since 1.0, without types. */
declare module 'axios/unsafe/core/buildFullPath.js' {
  import type { InternalAxiosRequestConfig } from 'axios'

  /** @throws {AxiosError} `ERR_INVALID_URL`, in newer versions. */
  export default function buildFullPath(
    baseURL: string | undefined,
    requestedURL: string | undefined,
    allowAbsoluteUrls?: boolean,
    config?: InternalAxiosRequestConfig,
  ): string
}

declare module 'axios/unsafe/helpers/buildURL.js' {
  import type { AxiosRequestConfig } from 'axios'

  export default function buildURL(
    url: string,
    params?: unknown,
    serializer?: AxiosRequestConfig['paramsSerializer'],
  ): string
}
