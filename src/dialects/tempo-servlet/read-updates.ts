import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { ExternalAnswer } from '../../domain/hand-overs.ts'
import { ServletError } from './errors.ts'

/** The document is three levels deep; more is somebody trying. */
const deepest = 16

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
  isArray: (_name, path) => path === 'worklog_updates.worklog_update',
})

type Fields = Readonly<Record<string, unknown>>

/**
 * The answers of a `worklog_updates` document [contract 3.2]. Document types are refused, so there
 * are no entities but XML's own. Throws 400 with line and column where it is no XML.
 */
export function readUpdates(xml: string): readonly ExternalAnswer[] {
  if (/<!DOCTYPE/i.test(xml)) throw new ServletError(400, 'A document type is not allowed')
  checkDepth(xml)
  const found = XMLValidator.validate(xml)
  if (found !== true) {
    const { msg, line, col } = found.err
    throw new ServletError(400, `Not well-formed XML: ${msg} (line ${line}, column ${col})`)
  }
  const document = parser.parse(xml) as Fields
  if (!Object.hasOwn(document, 'worklog_updates'))
    throw new ServletError(400, 'The root element must be worklog_updates')
  const root = document.worklog_updates
  const items = isFields(root) ? root.worklog_update : undefined
  return (Array.isArray(items) ? items : []).map(readUpdate)
}

function readUpdate(item: unknown): ExternalAnswer {
  const fields = isFields(item) ? item : {}
  const text = (name: string): string | undefined => {
    const value = fields[name]
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? first : undefined
  }
  const given = (name: string) => {
    const value = text(name)
    return value === '' ? undefined : value
  }
  const attributes = given('billing_attributes')
  const answer = {
    externalId: given('external_id'),
    hours: given('external_hours'),
    result: given('external_result'),
    attributes: attributes === undefined ? undefined : readAttributes(attributes),
  }
  return {
    worklogId: text('worklog_id') ?? '',
    fingerprint: text('hash_value') ?? '',
    ...(Object.fromEntries(
      Object.entries(answer).filter(([, value]) => value !== undefined),
    ) as Partial<ExternalAnswer>),
  }
}

/** `Key=value,Key=value`. */
function readAttributes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=')
        return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
      }),
  )
}

/**
 * Counts open tags before anything is built of them, for a parser keeps each open one. Looks at
 * every character once, whatever somebody left unclosed.
 */
function checkDepth(xml: string): void {
  let depth = 0
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const isComment = xml.startsWith('<!--', at)
    const isData = xml.startsWith('<![CDATA[', at)
    const end = xml.indexOf(isComment ? '-->' : isData ? ']]>' : '>', at + 1)
    if (end < 0) return
    if (xml[at + 1] === '/') depth -= 1
    else if (xml[at + 1] !== '!' && xml[at + 1] !== '?' && xml[end - 1] !== '/') depth += 1
    if (depth > deepest) throw new ServletError(400, `Elements nest deeper than ${deepest}`)
    at = end
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
