export type PeopleSearch = { readonly text?: string }

/** Whom the list is narrowed to, from the address. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const { text } = search
  return typeof text === 'string' && text !== '' && text.length <= 255 ? { text } : {}
}
