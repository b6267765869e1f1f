import path from 'node:path'
import { plainText } from '../../helpers/reports/plain-text.ts'
import type { FoundProject } from './detect/found-project.ts'
import { guessInWords } from './guess/guess.ts'
import type { Proven } from './probe/prove-guesses.ts'

/** What was found out, a line each. */
export function summaryText(
  { root, top, clients, runner, manager, manifestFile }: FoundProject,
  { guess, path: asked, sent, routes }: Proven,
  reference: { readonly base: string } | undefined,
): string {
  const [route] = routes
  const name = manifestFile.manifest.name ?? path.basename(root)
  const place = root === top ? '' : ` in ${path.relative(top, root)}`
  return [
    `project    ${name}${place}: ${[...clients, runner.name === 'none' ? [] : runner.name, manager.name].flat().join(', ')}`,
    `client     ${guessInWords(guess)}`,
    `request    ${sent?.method ?? 'GET'} ${asked}, answered ${JSON.stringify(route?.json)}`,
    `reference  ${reference === undefined ? 'none' : `the merge base with ${reference.base}`}`,
  ]
    .map(plainText)
    .join('\n')
}
