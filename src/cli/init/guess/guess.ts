/** How a client of a project might be called; not known to be right until a request has arrived. */
export interface Guess {
  /** From the root, `./src/api.ts`. */
  readonly module: string
  /** Whether the module is what a build made of the source. Default: it is the source. */
  readonly isBuilt?: boolean
  /** `default` for the default export. */
  readonly exportName: string
  /** What the export is called where it is used. */
  readonly local: string
  /** Where the client is made out of it: `const api = await createApi({ baseURL: origin })`. Default: it is one. */
  readonly setup?: string
  /** One request: `api.getItem('42')`. */
  readonly call: string
}

/** What a guess is, in a line. */
export function guessInWords({ module, exportName, setup, call }: Guess): string {
  const [, made] = /^const \w+ = (?:await )?(.*)$/.exec(setup ?? '') ?? []
  return `${exportName} of ${module}: ${[made ?? setup, call].filter((each) => each !== undefined).join(', then ')}`
}
