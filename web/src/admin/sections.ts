import type { SessionBody } from '../../../src/api/contract.ts'

// By the contract, so that tests read this list without the application around it.
type Me = NonNullable<SessionBody['me']>

/** The parts of the administration, by what they are about. `isForManagers`: they change these too. */
export const sectionGroups = [
  {
    id: 'billing',
    sections: [
      { id: 'accounts', to: '/admin/accounts', isForManagers: true },
      { id: 'attributes', to: '/admin/attributes', isForManagers: false },
    ],
  },
  {
    id: 'calendar',
    sections: [
      { id: 'schedules', to: '/admin/schedules', isForManagers: false },
      { id: 'holidays', to: '/admin/holidays', isForManagers: false },
      { id: 'periods', to: '/admin/periods', isForManagers: false },
    ],
  },
  {
    id: 'everybody',
    sections: [
      { id: 'people', to: '/admin/people', isForManagers: false },
      { id: 'groups', to: '/admin/groups', isForManagers: false },
      { id: 'teams', to: '/admin/teams', isForManagers: true },
      { id: 'roles', to: '/admin/roles', isForManagers: true },
    ],
  },
  {
    id: 'others',
    sections: [
      { id: 'connections', to: '/admin/connections', isForManagers: false },
      { id: 'tokens', to: '/admin/tokens', isForManagers: false },
      { id: 'oauth', to: '/admin/oauth', isForManagers: false },
      { id: 'scripts', to: '/admin/scripts', isForManagers: false },
      { id: 'switches', to: '/admin/switches', isForManagers: false },
    ],
  },
  {
    id: 'server',
    sections: [
      { id: 'health', to: '/admin/health', isForManagers: false },
      { id: 'audit', to: '/admin/audit', isForManagers: false },
    ],
  },
] as const

export type Section = (typeof sectionGroups)[number]['sections'][number]

/** Whether somebody of this role finds anything in the administration. */
export function mayAdminister({ role }: Pick<Me, 'role'>): boolean {
  return role === 'administrator' || role === 'manager'
}

/** Whether somebody of this role may work in a section. */
export function mayEnter({ role }: Pick<Me, 'role'>, section: Section): boolean {
  return role === 'administrator' || (role === 'manager' && section.isForManagers)
}

/** The section an address lies in. */
export function sectionAt(path: string): Section | undefined {
  return sectionGroups
    .flatMap(({ sections }): readonly Section[] => sections)
    .find(({ to }) => path === to || path.startsWith(`${to}/`))
}
