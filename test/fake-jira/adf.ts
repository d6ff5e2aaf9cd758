import type { AdfDocument } from './world-types.ts'

/** Whether the JSON is a document of Atlassian's format. */
export function isAdf(json: unknown): json is AdfDocument {
  return (
    typeof json === 'object' &&
    json !== null &&
    'type' in json &&
    json.type === 'doc' &&
    'content' in json &&
    Array.isArray(json.content)
  )
}

/** Plain text as a document: a paragraph per line, which is what Jira makes of version 2 texts. */
export function adfOf(text: string): AdfDocument {
  const paragraphs = text.split('\n').map((line) => ({
    type: 'paragraph',
    content: line === '' ? [] : [{ type: 'text', text: line }],
  }))
  return { type: 'doc', version: 1, content: paragraphs }
}

/** The text of a comment as version 2 shows it. */
export function textOfComment(comment: string | AdfDocument | undefined): string {
  if (comment === undefined || typeof comment === 'string') return comment ?? ''
  return comment.content.map(textOfNode).join('\n')
}

function textOfNode(node: unknown): string {
  if (typeof node !== 'object' || node === null) return ''
  const { text, type, attrs, content } = node as {
    text?: unknown
    type?: unknown
    attrs?: { text?: unknown; url?: unknown; shortName?: unknown }
    content?: unknown
  }
  if (type === 'hardBreak') return '\n'
  if (typeof text === 'string') return text
  if (Array.isArray(content)) {
    const isBlock = type !== 'paragraph' && type !== 'heading' && type !== 'codeBlock'
    return content.map(textOfNode).join(isBlock ? '\n' : '')
  }
  return String(attrs?.text ?? attrs?.shortName ?? attrs?.url ?? '')
}
