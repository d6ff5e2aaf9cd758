// everything XML 1.0 allows as it is; a CR is allowed too, yet every parser turns it into LF
const UNSAFE = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[&<>]/u
const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu')

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#xD;',
}

/** Text as XML character data; what XML 1.0 cannot hold at all becomes U+FFFD. */
export function toXmlText(text: string): string {
  return UNSAFE.test(text)
    ? text.replace(EVERY_UNSAFE, (character) => ESCAPES[character] ?? '\ufffd')
    : text
}

/** Text as the inside of a double-quoted XML attribute. */
export function toXmlAttribute(text: string): string {
  return toXmlText(text).replaceAll('"', '&quot;')
}

/** An element name for any text: other characters become `_`, and so does a reserved start. */
export function toXmlName(text: string): string {
  const name = text.replace(/[^\w.-]/g, '_')
  return /^(?!xml)[a-z_]/i.test(name) ? name : `_${name}`
}
