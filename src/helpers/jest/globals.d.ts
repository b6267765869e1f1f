/** What the set-up file needs of `@jest/globals`, which only Jest has; its own types need not be installed. */
declare module '@jest/globals' {
  export const jest: { setTimeout(timeoutMs: number): void }
  export function beforeEach(hook: () => void | Promise<void>): void
  export function afterEach(hook: () => void | Promise<void>): void
  export const expect: {
    extend(matchers: Readonly<Record<string, (...given: never[]) => unknown>>): void
    getState(): {
      readonly currentTestName?: string
      /** Of the file that runs, whole. */
      readonly testPath?: string
      /** The name of the test that the code which asks belongs to; in the older versions of Jest 30 of concurrent tests only. */
      readonly currentConcurrentTestName?: () => string | undefined
      /** The same object across the retries of one test; missing in the older versions of Jest 30. */
      readonly currentTestIdentity?: () => object | undefined
    }
  }
}
