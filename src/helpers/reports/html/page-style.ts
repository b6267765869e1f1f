/** Style of the page: both themes, narrow and wide screens, print. Contrasts are AA in both themes (a test computes them). */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f4f5f7; --ink: #1b1f24; --muted: #57606a; --line: #c4cad1;
  --link: #0a58b5; --bad: #b3261e; --warn: #855300; --good: #1a6b34;
  --series-1: #0a58b5; --series-2: #b3541e; --series-3: #1a6b34; --series-4: #8a3fa0; --series-5: #7a5b00; --series-6: #57606a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --raised: #1f2428; --ink: #e8eaed; --muted: #a5adb6; --line: #4b545d;
    --link: #7fb8ff; --bad: #ff8a80; --warn: #f0b651; --good: #6fd08c;
    --series-1: #7fb8ff; --series-2: #f5a26b; --series-3: #6fd08c; --series-4: #d59bea; --series-5: #dfc04f; --series-6: #a5adb6;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 16px; max-width: 1500px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 4px; }
h2 { font-size: 1.2rem; margin: 32px 0 8px; }
h3 { font-size: 1rem; margin: 12px 0 4px; overflow-wrap: anywhere; }
p { margin: 4px 0; overflow-wrap: anywhere; }
a { color: var(--link); }
nav a { margin-right: 12px; display: inline-block; padding: 4px 0; }
.muted { color: var(--muted); }
.scroll { overflow-x: auto; max-width: 100%; position: relative; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, .text { text-align: left; }
.stacked tbody th, td.text { white-space: normal; overflow-wrap: anywhere; min-width: 7em; }
.budgets { width: 100%; }
.budgets tbody th { min-width: 11em; }
.stacked tbody tr { vertical-align: top; }
.why { display: block; font-weight: normal; color: var(--muted); font-size: .85rem; }
tbody th { font-weight: 600; }
thead th { background: var(--raised); }
.tall thead th { position: sticky; top: 0; }
thead button { all: unset; cursor: pointer; font-weight: 600; }
button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, a:focus-visible, .scroll:focus-visible
  { outline: 2px solid var(--link); outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: ' ▲'; content: ' ▲' / ''; }
th[aria-sort=descending] button::after { content: ' ▼'; content: ' ▼' / ''; }
.controls { display: flex; flex-wrap: wrap; gap: 12px; margin: 8px 0; align-items: end; }
.controls label { display: flex; flex-direction: column; font-size: .85rem; color: var(--muted); }
input, select { font: inherit; padding: 6px 8px; color: var(--ink); background: var(--paper); border: 1px solid var(--muted); border-radius: 4px; min-width: 10em; height: 2.4em; }
.worst { list-style: none; padding: 0; margin: 12px 0; }
.worst li { border-left: 4px solid var(--line); background: var(--raised); padding: 8px 12px; margin: 8px 0; overflow-wrap: anywhere; }
.worst .is-bad { border-color: var(--bad); } .worst .is-warn { border-color: var(--warn); }
.verdict { white-space: nowrap; }
.verdict.is-bad { color: var(--bad); font-weight: 600; }
.verdict.is-warn { color: var(--warn); font-weight: 600; }
.verdict.is-good { color: var(--good); }
.charts { margin-top: 12px; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(328px, 100%), 1fr)); gap: 16px; align-items: start; }
figure { margin: 0; padding: 8px; border: 1px solid var(--line); border-radius: 6px; min-width: 0; break-inside: avoid; }
figcaption { font-weight: 600; font-size: .9rem; overflow-wrap: anywhere; }
figure svg { display: block; width: 100%; max-width: 460px; height: auto; }
figure > svg text { dominant-baseline: central; font-size: 12px; }
figure > svg .grid { stroke: var(--line); stroke-opacity: .5; }
figure > svg :is(path, rect):not([fill]) { fill: none; }
figure th, figure td { white-space: normal; padding: 4px 6px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 12px; list-style: none; margin: 4px 0; padding: 0; font-size: .8rem; }
.legend li { display: flex; align-items: center; gap: 4px; overflow-wrap: anywhere; }
.legend svg { flex: none; width: 26px; }
details { margin: 4px 0; } summary { cursor: pointer; padding: 4px 0; }
.measurement { border-top: 1px solid var(--line); }
.measurement h3 { display: inline; }
.measurement > div { scroll-margin-top: 56px; padding-bottom: 12px; }
.tall { max-height: 75vh; overflow-y: auto; border-bottom: 1px solid var(--line); scroll-padding-top: 40px; }
summary { position: relative; }
.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
#filtered-by { display: none; }
[hidden] { display: none !important; }
@media (min-width: 641px) { .budgets td { white-space: normal; min-width: 6em; } .budgets td.text { min-width: 16em; width: 42%; } }
@media (max-width: 640px) { body { padding: 12px; } h1 { font-size: 1.25rem; } th, td { padding: 4px 6px; } }
@media screen and (max-width: 640px) {
  .stacked, .stacked tbody, .stacked th, .stacked td { display: block; }
  .stacked tbody tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 12px; padding: 6px 0; border-bottom: 1px solid var(--line); }
  .stacked tbody th, .stacked tbody td { border: 0; padding: 1px 0; min-width: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
  .stacked tbody th { grid-column: 1 / -1; }
  .stacked tbody td::before { color: var(--muted); font-size: .85rem; content: attr(data-label) ' '; content: attr(data-label) ' ' / ''; }
  .budgets tbody td:nth-child(-n + 3) { grid-column: 1 / -1; }
  .budgets thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .overview thead { display: block; }
  .overview thead tr { display: flex; flex-wrap: wrap; gap: 4px; }
  .overview thead th { position: static; border: 0; }
}
@media print {
  html { font-size: 12px; }
  body { max-width: none; font-size: 11px; }
  .controls label { display: none; }
  #filtered-by { display: inline; }
  .scroll, .tall { overflow: visible; max-height: none; }
  .tall thead th { position: static; }
  th, td { white-space: normal; overflow-wrap: break-word; padding: 3px 5px; }
  header details::details-content { content-visibility: visible; block-size: auto; }
}
`
