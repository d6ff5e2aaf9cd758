import type { WireDocument } from './wire.ts'

/** Plain text as a document: a paragraph per line, which is what Jira makes of version 2 texts. */
export function toDocument(text: string): WireDocument {
  const content = text.split('\n').map((line) => ({
    type: 'paragraph',
    content: line === '' ? [] : [{ type: 'text', text: line }],
  }))
  return { type: 'doc', version: 1, content }
}

/** Whether the JSON is a document; what its text is, `readComment` knows. */
export function isDocument(json: unknown): boolean {
  const { type, version, content } = (json ?? {}) as Partial<Record<keyof WireDocument, unknown>>
  return type === 'doc' && version === 1 && Array.isArray(content)
}
