import { foreignApis } from './foreign-apis.ts'

export type ScriptsSearch = { readonly api?: string }

/** Which API is shown, from the address. */
export function readScriptsSearch(search: Record<string, unknown>): ScriptsSearch {
  const found = foreignApis.find(({ id }) => id === search.api)
  return found ? { api: found.id } : {}
}
