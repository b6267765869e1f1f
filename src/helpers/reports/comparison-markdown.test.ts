import { expect, test } from 'vitest'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { markdownBlock, markdownText } from './markdown-text.ts'
import { plainText } from './plain-text.ts'
import { comparisonOf, passOf, reportNamed, reportOf, verdictOf } from './test-comparison.ts'
import { hostileNamesFrom } from './test-hostile.ts'

const explanation = {
  fresh: [],
  time: [
    {
      name: 'send',
      package: 'axios',
      base: 'lib/adapters/http.js:120',
      head: 'lib/adapters/http.js:131',
      perRequest: { base: 10.5, head: 21.25 },
    },
  ],
  allocation: [],
  exact: [{ what: 'request bytes', base: '189', head: '204' }],
  files: ['reports/axios-head.cpuprofile'],
}

test('a comment has one table, what regressed, the noise, verdicts, commands and explanations', () => {
  const report = reportOf([passOf('fetch'), comparisonOf({ explanation })], { unchanged: ['msw'] })
  expect(comparisonMarkdown(report)).toMatchInlineSnapshot(`
    "### wiregauge: 1 regressed, 1 pass

    base <code>origin/main</code>, head <code>working tree</code>, measured <code>2026-11-23T05&#58;<wbr>00&#58;<wbr>00.000Z</code>

    | client | scenario | base | head | throughput | verdict |
    | --- | --- | --- | --- | --- | --- |
    | <code>axios</code> | <code>small-4</code> | <code>axios&#64;<wbr>1.20.0</code> | <code>working tree &#40;1.21.1&#41;</code> | −15.5 % (−16.2 % … −14.7 %) | **regressed** |
    | <code>fetch</code> | <code>small-4</code> | <code>origin/main</code> | <code>working tree &#40;1.21.1&#41;</code> | +0.1 % (−0.3 % … +0.5 %) | pass |

    - Regressed: <code>axios small-4</code> −15.5 % (−16.2 % … −14.7 %)

    - left out, nothing of theirs changed: <code>msw</code>
    - noise of the machine: equal code differed by 0.9 % (root mean square of the A/A replicates of this run)
    - 40 s of measuring on <code>AMD EPYC, 2 cores, linux-x64, Node 26.10.0</code>

    <details><summary>To measure it again, and why it was measured</summary>

    \`\`\`text
    # axios small-4: follow-redirects 1.15.9 → 1.15.11
    npx wiregauge compare axios --base axios@1.20.0 --scenario small-4 --seed 7
    # fetch small-4: follow-redirects 1.15.9 → 1.15.11
    npx wiregauge compare fetch --base origin/main --scenario small-4 --seed 7
    \`\`\`

    </details>

    <details><summary>Where it comes from: <code>axios small-4</code></summary>

    - allocation: no function grew beyond the scatter of the samples

    self time, µs per request

    | function | package | in base | in head | base | head | growth |
    | --- | --- | --- | --- | --- | --- | --- |
    | <code>send</code> | <code>axios</code> | <code>lib/adapters/http.js&#58;<wbr>120</code> | <code>lib/adapters/http.js&#58;<wbr>131</code> | <code>10.50</code> | <code>21.25</code> | <code>+10.75</code> |

    counted exactly

    | what | base | head |
    | --- | --- | --- |
    | <code>request bytes</code> | <code>189</code> | <code>204</code> |

    profiles: <code>reports/axios-head.cpuprofile</code>

    </details>

    <details><summary>Verdicts: <code>axios small-4</code></summary>

    \`\`\`text
    axios small-4, throughput against reference: regressed
      measured    0.845 × (95 % interval 0.838 … 0.853)
      expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×
      difference  −15.5 %
      compared    axios 1.21.1 with axios 1.20.0
      reason      throughput is 15.5 % below what is expected, wholly beyond what is tolerated
    \`\`\`

    </details>
    "
  `)
})

test('nothing to compare is said in one line', () => {
  expect(
    comparisonMarkdown(reportOf([], { unchanged: ['axios'], exitCode: 0 })),
  ).toBe(`### wiregauge: nothing to compare

base <code>origin/main</code>, head <code>working tree</code>, measured <code>2026-11-23T05&#58;<wbr>00&#58;<wbr>00.000Z</code>

nothing that could matter changed: <code>axios</code> (base <code>origin/main</code>, head <code>working tree</code>)

- noise of the machine: equal code differed by 0.9 % (root mean square of the A/A replicates of this run)
- 0 s of measuring on <code>AMD EPYC, 2 cores, linux-x64, Node 26.10.0</code>
`)
})

test('a text is harmless characters and references in <code>, and reads as it was', () => {
  for (const name of hostileNamesFrom(3, 2_000)) {
    const markdown = markdownText(name)
    expect(markdown).toMatch(/^<code>(?:[\p{L}\p{N}\p{M} .,/+…-]|&#\d+;|<wbr>)+<\/code>$/u)
    const text = markdown.slice('<code>'.length, -'</code>'.length).replaceAll('<wbr>', '')
    const read = text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    const plain = plainText(name)
    expect(read.replace('\u00a0', '').trim()).toBe([...plain].length > 300 ? expect.anything() : plain.trim())
  }
})

test.each([
  ['a|b', '<code>a&#124;b</code>'],
  ['`b`', '<code>&#96;b&#96;</code>'],
  ['[a](b)', '<code>&#91;a&#93;&#40;b&#41;</code>'],
  ['![a](b)', '<code>&#33;&#91;a&#93;&#40;b&#41;</code>'],
  ['@user', '<code>&#64;<wbr>user</code>'],
  ['<b>', '<code>&#60;b&#62;</code>'],
  ['a\nb', '<code>a&#92;u&#123;a&#125;b</code>'],
  ['https://www.a', '<code>https&#58;<wbr>//www<wbr>.a</code>'],
  ['<!-- wiregauge -->', '<code>&#60;&#33;-- wiregauge --&#62;</code>'],
])('%j is text', (name, expected) => {
  expect(markdownText(name)).toBe(expected)
})

/** The document without its blocks of code, and the contents of those. */
function parts(markdown: string): { readonly prose: string[]; readonly blocks: number } {
  const prose: string[] = []
  let fence: string | undefined
  let blocks = 0
  for (const line of markdown.split('\n')) {
    const [opened] = /^`{3,}/.exec(line) ?? []
    if (fence === undefined && opened !== undefined) {
      fence = opened
      blocks++
    } else if (fence === undefined) prose.push(line)
    else if (/^ {0,3}`+\s*$/.test(line) && line.trim().length >= fence.length) fence = undefined
  }
  expect(fence).toBeUndefined()
  return { prose, blocks }
}

test('whatever names are, the document keeps its structure', () => {
  const harmless = parts(comparisonMarkdown(reportNamed('a')))
  const structure = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replace(/<code>.*?<\/code>/g, 'text').replace(/text(?:, text)*/g, 'text'))
  for (const name of hostileNamesFrom(4, 300)) {
    const markdown = comparisonMarkdown(reportNamed(name))
    const { prose, blocks } = parts(markdown)
    expect(blocks).toBe(harmless.blocks)
    expect(structure(prose)).toEqual(structure(harmless.prose))
    expect(prose.filter((line) => line.includes('<!--'))).toEqual([])
  }
})

test('a comment that would be too long leaves out verdicts, then explanations, whole, and says so', () => {
  const long = verdictOf({ reason: 'x'.repeat(20_000) })
  const many = Array.from({ length: 300 }, () => comparisonOf({ verdicts: [long] }))
  const markdown = comparisonMarkdown(reportOf(many))
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(60_000)
  expect(markdown).toContain('200 more are not shown.')
  expect(markdown).toMatch(/More does not fit here; the result file has it\.\n$/)
  parts(markdown)
})

test('the limit is one of bytes, whatever is in the names', () => {
  for (const name of ['é🙂'.repeat(100), '<'.repeat(300), 'x'.repeat(300)]) {
    const pairs = Array.from({ length: 200 }, (_, index) => comparisonOf({ client: `${index}${name}`, scenario: name }))
    const missing = pairs.map(({ client, scenario }) => ({ client, scenario, reason: name }))
    const markdown = comparisonMarkdown(
      reportOf(pairs, { unchanged: pairs.map(({ client }) => client), notMeasured: missing }),
    )
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(60_000)
    expect(markdown).toMatch(/\n\| --- \|.*\n\| <code>0/)
    expect(markdown).toContain('To measure it again')
  }
})

const grown = Array.from({ length: 10 }, (_, index) => ({
  name: `dispatchRequest${index}`,
  package: 'follow-redirects',
  base: `lib/core/dispatchRequest-${index}.js:120`,
  head: `lib/core/dispatchRequest-${index}.js:131`,
  perRequest: { base: 10, head: 20 - index },
}))

/** A pair with as many verdicts and causes as one ever has. */
function redPair(index: number) {
  const client = `client-${String(index).padStart(2, '0')}`
  const verdicts = Array.from({ length: 12 }, (_, budget) => verdictOf({ client, budget: `budget ${budget}` }))
  const throughput = { estimate: 0.5 + index / 100, low: 0.49, high: 0.9, level: 0.95 }
  const full = { ...explanation, time: grown, allocation: grown }
  return comparisonOf({ client, verdicts, throughput, explanation: full })
}

test('thirty red pairs have a row and a command each, and at least the worst five their cause', () => {
  const pairs = Array.from({ length: 30 }, (_, index) => redPair(index))
  const markdown = comparisonMarkdown(reportOf(pairs.toReversed()))
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(60_000)
  for (const { client } of pairs) {
    expect(markdown).toContain(`\n| <code>${client}</code> |`)
    expect(markdown.split(`npx wiregauge compare ${client} `)).toHaveLength(2)
  }
  const causes = [...markdown.matchAll(/Where it comes from: <code>(client-\d+) small-4/g)].map(([, client]) => client)
  expect(causes.length).toBeGreaterThanOrEqual(5)
  expect(causes).toEqual(pairs.slice(0, causes.length).map(({ client }) => client))
})

test('a pair has one fold of verdicts, the worst in full, the others in a line each, and the command once', () => {
  const pass = verdictOf({ budget: 'connections', state: 'pass' })
  const unsure = verdictOf({ budget: 'CPU time', state: 'inconclusive', reason: 'noise' })
  const [one] = [comparisonOf({ verdicts: [unsure, pass, verdictOf(), verdictOf({ budget: 'p90' })], explanation })]
  const markdown = comparisonMarkdown(reportOf([one]))
  expect(markdown.split('npx wiregauge')).toHaveLength(2)
  expect(markdown.indexOf('Where it comes from')).toBeLessThan(markdown.indexOf('Verdicts:'))
  expect(markdown).toContain(`<details><summary>Verdicts: <code>axios small-4</code></summary>

\`\`\`text
axios small-4, throughput against reference: regressed
  measured    0.845 × (95 % interval 0.838 … 0.853)
  expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×
  difference  −15.5 %
  compared    axios 1.21.1 with axios 1.20.0
  reason      throughput is 15.5 % below what is expected, wholly beyond what is tolerated
  also p90: regressed, 0.845 × (95 % interval 0.838 … 0.853): throughput is 15.5 % below what is expected, wholly beyond what is tolerated
  also CPU time: inconclusive, 0.845 × (95 % interval 0.838 … 0.853): noise
\`\`\`

</details>`)
})

test('of an explanation the five worst rows are shown, and how many more there are', () => {
  const markdown = comparisonMarkdown(reportOf([comparisonOf({ explanation: { ...explanation, time: grown } })]))
  expect(markdown.match(/dispatchRequest\d<\/code> \|/g)).toHaveLength(5)
  expect(markdown).toContain('\n\n5 more in the result file\n')
})

test('the commit that was measured is named, and when', () => {
  const markdown = comparisonMarkdown(reportOf([]), { commit: 'abc123' })
  expect(markdown).toContain('head <code>working tree</code> at <code>abc123</code>, measured <code>2026-11-23T')
})

test('a long name is cut after 300 characters, and no shorter one', () => {
  expect(markdownText('x'.repeat(300))).toBe(`<code>${'x'.repeat(300)}</code>`)
  expect(markdownText('x'.repeat(301))).toBe(`<code>${'x'.repeat(300)}&#8230;</code>`)
  expect(markdownText('🙂'.repeat(200))).toBe(`<code>${'&#128578;'.repeat(200)}</code>`)
})

test('a block of code is fenced by more ticks than any run in it', () => {
  expect(markdownBlock('a `````b`')).toBe('``````text\na `````b`\n``````')
})

test.each([
  ['interrupted', 130],
  ['the time of the run was over', 3],
])('what was %s is said in the title, and nothing reads as a pass', (reason, exitCode) => {
  const notMeasured = ['http', 'undici'].map((client) => ({ client, scenario: 'small-4', reason }))
  const markdown = comparisonMarkdown(reportOf([passOf('fetch')], { notMeasured, exitCode }))
  expect(markdown).toContain(`### wiregauge: partial: 1 pass, 2 not measured (exit code ${exitCode})\n`)
  expect(markdown).toContain(
    `- not measured: <code>http small-4</code>, <code>undici small-4</code>: <code>${reason}</code>`,
  )
  const none = comparisonMarkdown(reportOf([], { notMeasured, exitCode }))
  expect(none).toContain(`### wiregauge: partial: 2 not measured (exit code ${exitCode})\n`)
  expect(none).not.toContain('nothing that could matter')
})

test('whatever the verdicts, the title is no green one where the exit code is not 0', () => {
  const title = (report: Parameters<typeof comparisonMarkdown>[0]) => comparisonMarkdown(report).split('\n')[0]
  expect(title(reportOf([passOf('fetch')], { exitCode: 2 }))).toBe('### wiregauge: 1 pass (exit code 2)')
  expect(title(reportOf([], { exitCode: 130 }))).toBe('### wiregauge: partial: nothing to compare (exit code 130)')
  expect(title(reportOf([passOf('fetch')], { exitCode: 0 }))).toBe('### wiregauge: 1 pass')
})

test('a red that is not about throughput says what it is about, whatever its name is', () => {
  const budget = '<b>throughput against | me'
  const text = comparisonMarkdown(reportOf([comparisonOf({ verdicts: [verdictOf({ budget })] })]))
  const told = `${markdownText(`${budget} −15.5 %`)}`
  expect(text).toContain(`| **regressed** ${told} |`)
  expect(text).toContain(`- Regressed: ${markdownText('axios small-4')} ${told}`)
})

test('waiting is told before the functions that grew', () => {
  const waiting = { idle: { base: 10, head: 939 }, whole: { base: 40, head: 985 } }
  const explanation = { waiting, fresh: [], time: [], allocation: [], exact: [], files: [] }
  expect(comparisonMarkdown(reportOf([comparisonOf({ explanation })]))).toContain(
    '- it waits: 929 of the 945 µs that a request takes longer pass with nothing to do',
  )
})
