/**
 * Whether this tree can be published for a tag: `node scripts/release-check.ts v0.1.0 ADDRESS`, the repository's; ends with 1 where its
 * parts disagree.
 */
import { readFileSync } from 'node:fs'
import { UsageError } from '../src/helpers/budgets/usage-error.ts'
import { endAsCommand } from './end-as-command.ts'
import { disagreementsOf } from './release/agreement.ts'

endAsCommand()

const [tag = '', address] = process.argv.slice(2)
if (!/^v\d/.test(tag)) throw new UsageError(`release-check got ${JSON.stringify(tag)}; expected a tag, such as v0.1.0`)
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const { version: lockedVersion } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const changelog = readFileSync('CHANGELOG.md', 'utf8')
const problems = disagreementsOf({ manifest, lockedVersion, changelog, tag, ...(address && { address }) })
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exitCode = 1
