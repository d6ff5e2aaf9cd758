export type StartSearch = { readonly door?: 'jira' | 'own' }

/** Which door is open, from the address. */
export function readStartSearch({ door }: Record<string, unknown>): StartSearch {
  return door === 'jira' || door === 'own' ? { door } : {}
}
