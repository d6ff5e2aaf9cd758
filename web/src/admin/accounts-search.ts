import { isOneOf } from './is-one-of.ts'

export const accountTabs = ['accounts', 'customers', 'categories'] as const
export const accountStatuses = ['open', 'closed', 'archived'] as const

export type AccountsSearch = {
  readonly tab?: (typeof accountTabs)[number]
  readonly text?: string
  readonly status?: (typeof accountStatuses)[number]
}

/** Which table is shown, and which of its rows, from the address. */
export function readAccountsSearch(search: Record<string, unknown>): AccountsSearch {
  const { tab, text, status } = search
  return {
    ...(isOneOf(accountTabs, tab) && tab !== 'accounts' ? { tab } : {}),
    ...(typeof text === 'string' && text !== '' && text.length <= 255 ? { text } : {}),
    ...(isOneOf(accountStatuses, status) ? { status } : {}),
  }
}
