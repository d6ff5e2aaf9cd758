import { isOneOf } from './is-one-of.ts'

export const roleTabs = [
  'rights',
  'team-roles',
  'skills',
  'levels',
  'positions',
  'resources',
] as const

export type RolesSearch = { readonly tab?: (typeof roleTabs)[number] }

/** Which table is shown, from the address. */
export function readRolesSearch({ tab }: Record<string, unknown>): RolesSearch {
  return isOneOf(roleTabs, tab) && tab !== 'rights' ? { tab } : {}
}
