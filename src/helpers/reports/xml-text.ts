import { plainText } from './plain-text.ts'

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Lines of text in content or an attribute of XML; what XML 1.0 has no characters for is shown as {@link plainText} does. */
export function xmlText(text: string): string {
  return text
    .split('\n')
    .map(plainText)
    .join('\n')
    .replace(/[&<>"']/g, (found) => references[found] ?? found)
}

/** An element. @param content Markup; texts in it are escaped already. */
export function xmlElement(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlAttribute(String(value))}"`)
  const start = `<${name}${pairs.join('')}`
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`
}

/** A line break in an attribute is read as a space unless it is a reference (XML 1.0, section 3.3.3). */
function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('\n', '&#10;')
}
