/**
 * Every option that axios's http adapter reads, and which way a request takes that has it. `config-options.test.ts` derives
 * the names from the installed axios, so that a new one is noticed.
 */
export const configOptions = {
  // Done by the fast way.
  allowAbsoluteUrls: 'plain',
  auth: 'plain',
  baseURL: 'plain',
  cancelToken: 'plain',
  data: 'plain',
  decompress: 'plain',
  headers: 'plain',
  http2Options: 'plain',
  httpAgent: 'plain',
  httpVersion: 'plain',
  httpsAgent: 'plain',
  maxBodyLength: 'plain',
  maxContentLength: 'plain',
  maxRedirects: 'plain',
  method: 'plain',
  params: 'plain',
  paramsSerializer: 'plain',
  responseEncoding: 'plain',
  responseType: 'plain',
  signal: 'plain',
  timeout: 'plain',
  timeoutErrorMessage: 'plain',
  transitional: 'plain',
  url: 'plain',
  validateStatus: 'plain',
  // Read beside another option only, which takes the streamed way: a socket path, a form, a `data:` address.
  allowedSocketPaths: 'plain',
  formDataHeaderPolicy: 'plain',
  env: 'plain',
  // Done by axios's own http adapter, over undici's connections.
  beforeRedirect: 'streamed',
  family: 'streamed',
  lookup: 'streamed',
  maxRate: 'streamed',
  onDownloadProgress: 'streamed',
  onUploadProgress: 'streamed',
  proxy: 'streamed',
  sensitiveHeaders: 'streamed',
  socketPath: 'streamed',
  // What cannot be done on undici.
  insecureHTTPParser: 'unsupported',
  transport: 'unsupported',
} as const satisfies Readonly<Record<string, 'plain' | 'streamed' | 'unsupported'>>

type ConfigOption = keyof typeof configOptions

/** Names of the options of one way. */
export type OptionOf<Way extends (typeof configOptions)[ConfigOption]> = {
  [Option in ConfigOption]: (typeof configOptions)[Option] extends Way ? Option : never
}[ConfigOption]

/** The same at run time. */
export function optionsOf<Way extends (typeof configOptions)[ConfigOption]>(way: Way): readonly OptionOf<Way>[] {
  const isOfWay = (option: ConfigOption): option is OptionOf<Way> => configOptions[option] === way
  return (Object.keys(configOptions) as ConfigOption[]).filter(isOfWay)
}
