import { expect, test } from 'vitest'
import { commandsOf, problemsOf } from './shell.ts'

test('a text for a shell is taken apart into commands, without comments and what introduces them', () => {
  const text = `
npm ci && npm test   # both
for shard in 1 2; do
  A=1 npm run perf -- --shard $shard/2 || true
done
npx wiregauge report --shards 'a b/*.json' \\
  --strict
`
  expect(commandsOf(text)).toEqual([
    ['npm', 'ci'],
    ['npm', 'test'],
    ['for', 'shard', 'in', '1', '2'],
    ['npm', 'run', 'perf', '--', '--shard', '$shard/2'],
    ['true'],
    ['done'],
    ['npx', 'wiregauge', 'report', '--shards', 'a b/*.json', '--strict'],
  ])
})

test('commands that are right have no problems', async () => {
  const right = commandsOf(`
npm ci && npm test
npx wiregauge compare --base origin/main --cap 60
npm run perf -- --shard 1/3 --reporter=default --outputFile.junit=a.xml
npm run bench:three-way -- --processes 3
npm run perf:all -- --seed 7
node --test --test-reporter=wiregauge/node-test/reporter 'perf/*.test.js'
node --experimental-vm-modules node_modules/jest/bin/jest.js --runInBand
`)
  expect(await problemsOf(right)).toEqual([])
})

test.each([
  ['npx wiregauge run --scenarios small-4', "unknown option '--scenarios'"],
  ['npx wiregauge compare axios', "required option '--base <side>' not specified"],
  ['npx wiregauge bisect --good 1 --bad 2 --scenario small-4', "missing required argument 'client'"],
  ['npx wiregauge measure', "unknown command 'measure'"],
  ['npm run perf:everything', 'package.json has no such script'],
  ['npm run perf -- --shards 1/3', 'vitest has no option --shards'],
  ['npm run bench:three-way -- --process-count 3', 'has no option --process-count'],
  ['npm run perf:all -- --everything', "unknown option '--everything'"],
  ['node scripts/none.ts', 'there is no such file'],
  ['node --test-reporters=spec --test', 'node has no option --test-reporters'],
  ['node --no-warnings scripts/none.ts', 'there is no such file'],
  ['node --test --test-reporter=wiregauge/reporter', 'the package has no such export'],
  ['npx vitest run --reporter=wiregauge/reporter', 'the package has no such export'],
  ['curl example.org', 'the test of the pages does not know curl'],
])('%s is wrong', async (line, problem) => {
  const [found, ...others] = await problemsOf(commandsOf(line))
  expect(found).toContain(problem)
  expect(others).toEqual([])
})
