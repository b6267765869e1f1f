/** Comments a comparison on the pull request of a job: `node scripts/comment.ts FILE`. The file may come from anybody. */
import { existsSync } from 'node:fs'
import { brokenOffMarkdown } from '../src/helpers/reports/broken-off-markdown.ts'
import { readComparison } from '../src/helpers/reports/comparison-file.ts'
import { comparisonMarkdown } from '../src/helpers/reports/comparison-markdown.ts'
import { postComment } from '../src/helpers/reports/github-comment.ts'
import { runOf } from '../src/helpers/reports/github-pull-request.ts'

const [file = 'comparison.json'] = process.argv.slice(2)

async function post(text: string): Promise<void> {
  const posted = await postComment(text, process.env)
  const told =
    posted.state === 'left out' ? `no comment: ${posted.reason}` : `comment ${posted.state}: ${posted.address}`
  process.stdout.write(`${told}\n`)
}

function told(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!(error instanceof Error) || !code.startsWith('WIREGAUGE_')) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = code === 'WIREGAUGE_USAGE' ? 2 : 1
}

const run = runOf(process.env)
/** What stood there before is about another commit, so that something is written whatever became of the result. */
function text(): string {
  if (!existsSync(file)) return brokenOffMarkdown(run)
  try {
    return comparisonMarkdown(readComparison(file), { commit: run.commit })
  } catch (error) {
    told(error)
    return brokenOffMarkdown(run)
  }
}
await post(text()).catch(told)
