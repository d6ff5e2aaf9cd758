export type ChosenSearch = { readonly id?: string; readonly text?: string }

/** Which of a list is open beside it, and what the list is narrowed to, from the address. */
export function readChosenSearch(search: Record<string, unknown>): ChosenSearch {
  const { id, text } = search
  const isId = (typeof id === 'string' || typeof id === 'number') && /^\d{1,20}$/.test(String(id))
  return {
    ...(isId ? { id: String(id) } : {}),
    ...(typeof text === 'string' && text !== '' && text.length <= 255 ? { text } : {}),
  }
}
