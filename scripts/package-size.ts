/** The last step of `npm run check:package`: fails when the package that `dist/` makes has grown beyond its budget. */
import process from 'node:process'
import { packPackage } from '../fixtures/package/pack.ts'

/** A tenth above what it was when somebody last looked at what is in it. */
const most = { packedBytes: 990_000, unpackedBytes: 3_150_000, files: 1_430 }

const { packedBytes, unpackedBytes, files } = await packPackage()
const found = { packedBytes, unpackedBytes, files: files.length }
for (const name of Object.keys(most) as (keyof typeof most)[]) {
  const [is, may] = [found[name], most[name]].map((figure) => figure.toLocaleString('en'))
  const over = found[name] > most[name]
  process.stdout.write(`${name}: ${is} of ${may}${over ? ': too large; look at `npm pack --dry-run`' : ''}\n`)
  if (over) process.exitCode = 1
}
