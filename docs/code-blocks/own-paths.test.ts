import { expect, test } from 'vitest'
import { ownPathsIn } from './own-paths.ts'

test("paths of this repository are found in a text, and a reader's own are not", () => {
  const text = `
npx vitest run --reporter=./src/helpers/vitest/reporter.ts src/helpers/statistics
npx wiregauge init --module ./src/api.ts
node scripts/gateway.ts
cat node_modules/wiregauge/src/helpers/index.ts
`
  expect(ownPathsIn(text)).toEqual(['src/helpers/vitest/reporter.ts', 'src/helpers/statistics', 'scripts/gateway.ts'])
})
