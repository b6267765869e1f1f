import { expect, test } from 'vitest'
import { comparisonJunit } from './junit.ts'
import { comparisonOf, passOf, reportNamed, reportOf, verdictOf } from './test-comparison.ts'
import { hostileNamesFrom } from './test-hostile.ts'
import { xmlElement, xmlText } from './xml-text.ts'

test('a verdict is a test case: red a failure, invalid an error, unsure without failing skipped', () => {
  const invalid = verdictOf({ client: 'http', state: 'invalid', reason: 'wrong body' })
  const unsure = verdictOf({ client: 'fetch', state: 'inconclusive', reason: 'noise', treeChanged: false })
  const { measured: _none, ...unmeasured } = invalid
  const report = reportOf([
    passOf('undici-request'),
    comparisonOf(),
    passOf('fetch', { verdicts: [unsure] }),
    passOf('http', { verdicts: [unmeasured] }),
  ])
  expect(comparisonJunit(report)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="wiregauge compare" tests="4" failures="1" errors="1" skipped="1" time="80.000">
      <testsuite name="wiregauge compare: origin/main to working tree" timestamp="2026-11-23T05:00:00.000Z" hostname="AMD EPYC, 2 cores, linux-x64, Node 26.10.0" tests="4" failures="1" errors="1" skipped="1" time="80.000">
        <testcase classname="axios" name="small-4, throughput against reference" time="20.000"><failure type="regressed" message="axios small-4, throughput against reference: regressed">axios small-4, throughput against reference: regressed
      measured    0.845 × (95 % interval 0.838 … 0.853)
      expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×
      difference  −15.5 %
      compared    axios 1.21.1 with axios 1.20.0
      reason      throughput is 15.5 % below what is expected, wholly beyond what is tolerated
      again       npx wiregauge compare axios --base axios@1.20.0 --scenario small-4 --seed 7</failure></testcase>
        <testcase classname="fetch" name="small-4, throughput against reference" time="20.000"><skipped message="fetch small-4, throughput against reference: inconclusive">fetch small-4, throughput against reference: inconclusive
      measured    0.845 × (95 % interval 0.838 … 0.853)
      expected    1.000 ×, tolerates 0.985 ×, catches 0.950 ×
      difference  −15.5 %
      compared    axios 1.21.1 with axios 1.20.0
      reason      noise
      again       npx wiregauge compare fetch --base origin/main --scenario small-4 --seed 7</skipped></testcase>
        <testcase classname="http" name="small-4, throughput against reference" time="20.000"><error type="invalid" message="http small-4, throughput against reference: invalid">http small-4, throughput against reference: invalid
      reason      wrong body
      again       npx wiregauge compare http --base origin/main --scenario small-4 --seed 7</error></testcase>
        <testcase classname="undici-request" name="small-4, throughput against reference" time="20.000"/></testsuite>
    </testsuites>
    "
  `)
})

test('what was not judged is an error, and not a suite without tests', () => {
  expect(comparisonJunit(reportOf([passOf('axios', { verdicts: [] })]))).toContain('tests="1" failures="0" errors="1"')
})

test('what has one cause is one failure, and the others are skipped for it', () => {
  const interfere = (budget: string) =>
    verdictOf({ state: 'inconclusive', budget, reason: 'arms interfere: alone 10 %, side by side 0 %' })
  const xml = comparisonJunit(
    reportOf([passOf('axios', { verdicts: ['a', 'b', 'c'].map(interfere) })], { exitCode: 3 }),
  )
  expect(xml).toContain('tests="3" failures="1" errors="0" skipped="2"')
  expect(xml).toContain('<skipped message="for the same cause as a">')
})

test('what was not measured is an error, and so is another exit code than 0 without a red case', () => {
  const notMeasured = [{ client: 'http', scenario: 'small-4', reason: 'interrupted' }]
  const cut = comparisonJunit(reportOf([passOf('axios')], { notMeasured, exitCode: 130 }))
  expect(cut).toContain('tests="2" failures="0" errors="1"')
  expect(cut).toContain(
    '<testcase classname="http" name="small-4" time="0.000"><error type="not measured" message="http small-4 was not measured: interrupted"/>',
  )
  const strict = verdictOf({ state: 'inconclusive', treeChanged: false })
  for (const verdicts of [[strict], [verdictOf({ state: 'pass' })]]) {
    const xml = comparisonJunit(reportOf([passOf('axios', { verdicts })], { exitCode: 3 }))
    expect(xml).toContain('<testcase classname="wiregauge" name="compare" time="0.000"><error type="exit code 3"')
  }
  expect(comparisonJunit(reportOf([passOf('axios')], { exitCode: 0 }))).toContain('errors="0"')
})

test('a line break in an attribute is a reference, since a bare one would be read as a space', () => {
  expect(xmlElement('error', { message: 'one\ntwo' }, xmlText('one\ntwo'))).toBe(
    '<error message="one&#10;two">one\ntwo</error>',
  )
})

/** Reads XML of elements, attributes and text strictly, and gives the names of its elements in order. */
function elementsOf(xml: string): string[] {
  const names: string[] = []
  const open: string[] = []
  // Text without a markup character that is no reference, or one tag.
  const token =
    /(?:[^<>&"']|&(?:amp|lt|gt|quot|apos|#10);)+|<(?<close>\/)?(?<name>[a-z]+)(?: [a-z]+="(?:[^<>&"\n]|&(?:amp|lt|gt|quot|apos|#10);)*")*(?<empty>\/)?>/y
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '')
  while (token.lastIndex < body.length) {
    const start = token.lastIndex
    const match = token.exec(body)
    if (match === null) throw new Error(`no XML at ${body.slice(start, start + 80)}`)
    const { close, name, empty } = match.groups ?? {}
    if (name === undefined) continue
    if (close !== undefined) expect(open.pop()).toBe(name)
    else names.push(name)
    if (close === undefined && empty === undefined) open.push(name)
  }
  expect(open).toEqual([])
  return names
}

test('whatever names are, it is well-formed and has the same elements', () => {
  const harmless = elementsOf(comparisonJunit(reportNamed('a')))
  for (const name of hostileNamesFrom(6, 500)) {
    const xml = comparisonJunit(reportNamed(name))
    // All that XML 1.0 has characters for: https://www.w3.org/TR/xml/#charsets
    expect(xml).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u)
    expect(elementsOf(xml)).toEqual(harmless)
  }
})
