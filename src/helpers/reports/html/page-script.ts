/** What the page does: filters and sorts the overview, and hides the budgets of what is filtered out. The page is whole without it. */
export const pageScript = `
const rows = [...document.querySelectorAll('#overview tbody tr')]
const sections = new Map([...document.querySelectorAll('.measurement')].map((each) => [each.dataset.section, each]))
const text = document.querySelector('#filter-text')
const verdict = document.querySelector('#filter-verdict')
const shown = document.querySelector('#shown')
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
  shown.textContent = count + ' of ' + rows.length + ' shown'
}
text.addEventListener('input', filter)
verdict.addEventListener('change', filter)
filter()
const body = document.querySelector('#overview tbody')
const heads = [...document.querySelectorAll('#overview thead th')]
for (const [column, head] of heads.entries()) {
  const button = document.createElement('button')
  button.type = 'button'
  button.append(...head.childNodes)
  head.append(button)
  const isFigure = rows.some((row) => row.cells[column].dataset.value !== undefined)
  const figure = (row) => {
    const { value = '' } = row.cells[column].dataset
    return value === '' ? -Infinity : Number(value)
  }
  const order = isFigure
    ? (one, other) => Math.sign(figure(one) - figure(other)) || 0
    : (one, other) => one.cells[column].textContent.localeCompare(other.cells[column].textContent)
  button.addEventListener('click', () => {
    const before = head.getAttribute('aria-sort')
    // Figures begin with the largest, names with the first.
    const up = before === null ? !isFigure : before === 'descending'
    for (const other of heads) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending')
    body.append(...rows.toSorted((one, other) => (up ? order(one, other) : order(other, one))))
  })
}
`
