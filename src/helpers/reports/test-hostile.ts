import { type Random, randomFrom } from '../statistics/random.ts'

/** For tests only: names that try to be more than text. */
const hostileNames: readonly string[] = [
  '| a | b |',
  'a\\|b',
  '`code` ``two`` ```three```',
  '[link](https://example.com)',
  '![image](https://example.com/pixel.png)',
  '<https://example.com> https://example.com www.example.com',
  '@user and @org/team, user@example.com',
  '#1 owner/repo#2 GH-3',
  '<b>bold</b><img src=x onerror=alert(1)>',
  '</code></details></table>',
  '<script>alert(1)</script>',
  '</script>',
  '</style>',
  '<!-- wiregauge -->',
  '--> <!-- wiregauge -->',
  'line\nbreak\r\n\r\n# heading',
  '```\n<!-- wiregauge -->\n```',
  '**bold** _italic_ ~~gone~~ $math$ :smile:',
  '::set-output name=a::b',
  '  ::error file=a,line=1::b',
  '\n::stop-commands::token',
  'a%0A::add-mask::b',
  '##[add-mask]b',
  ']]>',
  '<![CDATA[',
  '&lt;&amp;&#64;&quot;',
  '" onload="alert(1)',
  "' or ''='",
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  '\u009b2J\b\b\b\u0000',
  'abc\u202edcba\u2066\u200b\u2028\u2029\ufeff',
  '\ud800 lone \udfff',
  '\uffff\ufffe',
  '$(touch x) `touch y` ; rm -rf . && echo',
  '--exec=x',
  '',
  ' ',
]

const pieces = [
  ...hostileNames,
  ...'|`\\<>&"\'@#:%\n\r\t\u0000\u001b[]()!*_~-=,;$ {}ax1.🙂é',
  '\ud83d',
  '::',
  '##[',
  '%0A',
]

/** A name put together at random from what is dangerous somewhere. */
function hostileName(random: Random): string {
  const length = Math.floor(random() * 6)
  return Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('')
}

/** The named cases, and so many drawn ones. */
export function hostileNamesFrom(seed: number, drawn: number): string[] {
  const random = randomFrom(seed)
  return [...hostileNames, ...Array.from({ length: drawn }, () => hostileName(random))]
}
