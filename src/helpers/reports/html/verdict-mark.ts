import type { WorstVerdict } from '../history/run-digest.ts'
import { html, type Markup } from './markup.ts'

/** How bad a verdict is, for its colour; words say it, too. */
export function toneOf(verdict: WorstVerdict): 'is-bad' | 'is-warn' | 'is-good' | '' {
  switch (verdict) {
    case 'invalid':
    case 'regressed':
    case 'blind':
      return 'is-bad'
    case 'inconclusive':
    case 'false red':
    case 'no reference yet':
      return 'is-warn'
    case 'pass':
      return 'is-good'
    case 'not judged':
      return ''
  }
}

/** A verdict in words and in its colour. */
export function verdictMark(verdict: WorstVerdict): Markup {
  return html`<span class="verdict ${toneOf(verdict)}">${verdict}</span>`
}
