import path from 'node:path'
import type { CheckoutOptions } from './checkout.ts'
import { testFolder } from './test-folder.ts'
import { testUser } from './test-npm.ts'
import { testRepository, writeProject } from './test-repository.ts'

/** A repository with a first commit, tagged `v1`, and a second one on `main`; and a cache outside. */
export function stage() {
  const repository = testRepository()
  const outside = testFolder()
  const user = testUser()
  writeProject(repository, '', 'local')
  repository.write('.gitattributes', 'client.ts export-ignore\n')
  repository.write('client.ts', 'export const client = 1\n')
  const first = repository.commit('first')
  repository.git('tag', 'v1')
  repository.write('client.ts', 'export const client = 2\n')
  const second = repository.commit('second')
  const said: string[] = []
  const options: CheckoutOptions = {
    cache: path.join(outside.root, 'cache'),
    say: (message) => void said.push(message),
    signal: new AbortController().signal,
    // Nothing answers there.
    npm: user.npm('http://127.0.0.1:1'),
  }
  const stack = new DisposableStack()
  stack.use(repository)
  stack.use(outside)
  stack.use(user)
  return { repository, outside, options, said, first, second, [Symbol.dispose]: () => stack.dispose() }
}
