export type AuditSearch = {
  readonly type?: string
  readonly object?: string
  readonly action?: string
  readonly person?: string
  readonly name?: string
  readonly from?: string
  readonly to?: string
}

const names = ['type', 'object', 'action', 'person', 'name', 'from', 'to'] as const

/** What is searched for, from the address. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found = names.flatMap((name) => {
    const value = search[name]
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && text !== '' && isFine(name, text) ? [[name, text]] : []
  })
  return Object.fromEntries(found) as AuditSearch
}

function isFine(name: (typeof names)[number], text: string): boolean {
  if (name === 'from' || name === 'to') return /^\d{4}-\d{2}-\d{2}$/.test(text)
  if (name === 'person') return /^[1-9]\d{0,18}$/.test(text)
  return text.length <= (name === 'object' || name === 'name' ? 255 : 50)
}
