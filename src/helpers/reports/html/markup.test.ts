import { expect, test } from 'vitest'
import { html } from './markup.ts'

test('values are text, whatever they hold', () => {
  expect(html`<p title="${'"><script>'}">${"<b>&'"}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>',
  )
})

test('markup stands as it is, lists stand one after the other, and nothing is nothing', () => {
  expect(html`<ul>${['a', 'b'].map((each) => html`<li>${each}</li>`)}${undefined}${3}</ul>`.text).toBe(
    '<ul><li>a</li><li>b</li>3</ul>',
  )
})
