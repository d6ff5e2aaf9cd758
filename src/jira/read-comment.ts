import { cleanText, isRecord, listOf, recordOf, textOf } from './read-json.ts'

const inlineTypes = new Set([
  'text',
  'hardBreak',
  'mention',
  'emoji',
  'date',
  'status',
  'inlineCard',
  'placeholder',
])
const deepest = 100

/** A comment's plain text: Jira's v2 text as it is, or the text of a v3 document; '' for neither. */
export function readComment(json: unknown): string {
  if (typeof json === 'string') return cleanText(json)
  return isRecord(json) ? cleanText(blockText(json, 0)) : ''
}

// Atlassian Document Format: blocks become lines, inline nodes run on.
function blockText(node: unknown, depth: number): string {
  if (depth > deepest) return ''
  let text = ''
  let wasBlock = false
  for (const child of listOf(recordOf(node).content)) {
    const isInline = inlineTypes.has(String(recordOf(child).type))
    const part = isInline ? inlineText(recordOf(child)) : blockText(child, depth + 1)
    if (text !== '' && (wasBlock || !isInline)) text += '\n'
    text += part
    wasBlock = !isInline
  }
  if (text !== '') return text
  return textOf(recordOf(recordOf(node).attrs).url) ?? ''
}

function inlineText(node: { readonly [key: string]: unknown }): string {
  const attrs = recordOf(node.attrs)
  if (node.type === 'hardBreak') return '\n'
  if (node.type === 'date') return dayText(Number(attrs.timestamp))
  return (
    textOf(node.text) ?? textOf(attrs.text) ?? textOf(attrs.shortName) ?? textOf(attrs.url) ?? ''
  )
}

function dayText(instant: number): string {
  return Math.abs(instant) <= 8.64e15 ? new Date(instant).toISOString().slice(0, 10) : ''
}
