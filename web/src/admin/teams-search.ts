import { type ChosenSearch, readChosenSearch } from './chosen-search.ts'
import { isOneOf } from './is-one-of.ts'

export const teamTabs = ['teams', 'programs'] as const

export type TeamsSearch = ChosenSearch & { readonly tab?: (typeof teamTabs)[number] }

/** Which table is shown, and which team is open, from the address. */
export function readTeamsSearch(search: Record<string, unknown>): TeamsSearch {
  const { tab } = search
  return {
    ...readChosenSearch(search),
    ...(isOneOf(teamTabs, tab) && tab !== 'teams' ? { tab } : {}),
  }
}
