import { colors } from './chart.ts'
import { keyOf, shapes } from './legend.ts'
import { html } from './markup.ts'

/** What is what in the pictures of budgets, once for all of them. */
export const budgetKey = keyOf([
  { name: 'a process each', drawing: html`<circle r="3.5" fill="${colors.main}"/>` },
  {
    name: '95 % interval, which decides',
    drawing: html`<path d="M-11 0H11M-11 -5V5M11 -5V5" stroke="${colors.main}" stroke-width="2.5"/>`,
  },
  { name: 'estimate', drawing: html`<path d="${shapes.diamond}" fill="${colors.main}"/>` },
  {
    name: 'how many paired differences are there',
    drawing: html`<path d="M-9 5V0H-3V5ZM-3 5V-5H3V5ZM3 5V-2H9V5Z" fill="${colors.line}" stroke="${colors.muted}"/>`,
  },
])
