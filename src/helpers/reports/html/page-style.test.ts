import { expect, test } from 'vitest'
import { pageStyle } from './page-style.ts'

/** Colours of a theme by their names. */
function themes(): readonly Readonly<Record<string, string>>[] {
  return [...pageStyle.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) =>
    Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value])),
  )
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

test('there are two themes with the same names', () => {
  const [light, dark] = themes()
  expect(Object.keys(light ?? {})).toEqual(Object.keys(dark ?? {}))
})

test.each(['ink', 'muted', 'link', 'bad', 'warn', 'good'])('text in %s has contrast AA in both themes', (name) => {
  for (const theme of themes()) {
    expect(contrast(theme[name] ?? '', theme['paper'] ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme[name] ?? '', theme['raised'] ?? '')).toBeGreaterThanOrEqual(4.5)
  }
})

test('what is drawn has contrast AA for graphics in both themes', () => {
  for (const theme of themes()) {
    const drawn = Object.entries(theme).filter(([name]) => name.startsWith('series-'))
    for (const [, color] of drawn) expect(contrast(color, theme['paper'] ?? '')).toBeGreaterThanOrEqual(3)
  }
})
