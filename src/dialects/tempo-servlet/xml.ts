import { type Instant, localIn } from '../../domain/zone.ts'

/** The only `?>` of a document stands before its root [contract 1.8]. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

// What XML 1.0 cannot hold at all; dropped, as contract 1.9 says.
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Text inside an element. */
export function xmlText(text: string): string {
  return text.replace(illegal, '').replace(/[&<>]/g, (one) => escapes[one] ?? one)
}

/** Text inside an attribute, with `>` escaped: a client cuts the root's tag at the first one. */
export function xmlAttribute(text: string): string {
  return text.replace(illegal, '').replace(/[&<>"]/g, (one) => escapes[one] ?? one)
}

/** An element without attributes; empty ones are written `<x/>` [contract 1.10, 1.11]. */
export function element(name: string, text: string | null): string {
  const inside = text === null ? '' : xmlText(text)
  return inside === '' ? `<${name}/>` : `<${name}>${inside}</${name}>`
}

/** Attributes in their order, each with a blank before it. */
export function attributes(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`).join('')
}

/** Seconds as decimal hours: the shortest that reads back the same, always with a fraction [contract 2.3]. */
export function hoursText(seconds: number): string {
  return decimalText(seconds / 3_600)
}

/** A number with a dot, always with a fraction. */
export function decimalText(value: number): string {
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}

/** `yyyy-MM-dd HH:mm:ss` on the wall clock of a zone. */
export function stamp(instant: Instant, zone: string): string {
  const { day, startTime } = localIn(zone, instant)
  return `${day} ${startTime}`
}
