/**
 * What the page does: filters and sorts the overview, hides the budgets of what is filtered out, and shows what a link leads
 * to. The page is whole without it.
 */
export const pageScript = `
const tables = [...document.querySelectorAll('#overview table')]
const rows = tables.flatMap((table) => [...table.tBodies[0].rows])
const leagues = [...document.querySelectorAll('.league')]
const sections = new Map([...document.querySelectorAll('.measurement')].map((each) => [each.dataset.section, each]))
const text = document.querySelector('#filter-text')
const verdict = document.querySelector('#filter-verdict')
const shown = document.querySelector('#shown')
const filteredBy = document.querySelector('#filtered-by')
document.querySelector('.controls').hidden = false
function filter() {
  const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean)
  let count = 0
  for (const row of rows) {
    const name = row.dataset.name.toLowerCase()
    const matches = words.every((word) => name.includes(word)) && ['', row.dataset.verdict].includes(verdict.value)
    row.hidden = !matches
    const section = sections.get(row.dataset.section)
    if (section) section.hidden = !matches
    if (matches) count++
  }
  for (const league of leagues) league.hidden = !league.querySelector('tbody tr:not([hidden])')
  shown.textContent = count + ' of ' + rows.length + ' shown'
  filteredBy.textContent = [words.length > 0 ? 'client or scenario: ' + text.value : '', verdict.value ? 'verdict: ' + verdict.value : '']
    .filter(Boolean).join(', ')
}
text.addEventListener('input', filter)
verdict.addEventListener('change', filter)
filter()

// What is filtered out has no place to scroll to.
function reveal() {
  const section = document.getElementById(location.hash.slice(1))?.closest('.measurement')
  if (!section) return
  if (section.hidden) {
    text.value = ''
    verdict.value = ''
    filter()
  }
  section.open = true
  section.scrollIntoView()
}
addEventListener('hashchange', reveal)
document.addEventListener('click', (event) => {
  const link = event.target.closest('a')
  if (link && link.hash !== '' && link.hash === location.hash) reveal()
})
reveal()

for (const table of tables) {
  const body = table.tBodies[0]
  const own = [...body.rows]
  const heads = [...table.tHead.rows[0].cells]
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    const cellOf = (row) => row.cells[column]
    const isFigure = own.some((row) => cellOf(row).dataset.value !== undefined)
    const isBlank = (row) => isFigure && cellOf(row).dataset.value === undefined
    const order = isFigure
      ? (one, other) => cellOf(one).dataset.value - cellOf(other).dataset.value || 0
      : (one, other) => cellOf(one).textContent.localeCompare(cellOf(other).textContent)
    button.addEventListener('click', () => {
      const before = head.getAttribute('aria-sort')
      // Figures begin with the largest, names with the first; what was not measured is neither, and comes last.
      const up = before === null ? !isFigure : before === 'descending'
      for (const other of heads) other.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending')
      body.append(...own.toSorted((one, other) =>
        isBlank(one) - isBlank(other) || (isBlank(one) ? 0 : up ? order(one, other) : order(other, one))))
    })
  }
}

// Where styles do not open what is closed for print.
let opened = []
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('header details:not([open])')]
  for (const each of opened) each.open = true
})
addEventListener('afterprint', () => {
  for (const each of opened) each.open = false
})
`
