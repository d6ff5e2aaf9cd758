import type { Pulse } from './world-pulse.ts'
import { groupOf } from './world-state.ts'
import type { Group, Person, Project, SavedFilter, WorldState } from './world-types.ts'

/** What a test may say of a person; names and ids it leaves out are made up from `name`. */
export type PersonWish = Partial<Omit<Person, 'id' | 'handle'>>

/** People, groups, roles, permissions and filters. */
export function peopleOf(state: WorldState, pulse: Pulse) {
  return {
    /** A person who may log in; the credentials are in `credentialsOf`. */
    addUser(wish: PersonWish = {}): Person {
      const number = pulse.idFor('person')
      const name = wish.name ?? `user${number}`
      const accountId = wish.accountId ?? `712020:${number.padStart(8, '0')}`
      const person: Person = {
        accountId,
        key: `JIRAUSER${10_100 + Number(number)}`,
        displayName: name,
        emailAddress: `${name.replace(/[^\w.-]/g, '')}@example.org`,
        active: true,
        timeZone: 'UTC',
        accountType: 'atlassian',
        locale: 'en_US',
        isAdmin: false,
        isGhost: false,
        ...wish,
        name,
        id: accountId,
        handle: name,
      }
      state.people.set(person.id, person)
      pulse.revision += 1
      return person
    },
    /** Changes a person in place: a new name, a zone, inactive. */
    editUser(person: Person, change: PersonWish): Person {
      pulse.revision += 1
      return Object.assign(person, change)
    },
    /** The person leaves for good: searches no longer find them, their worklogs stay. */
    forgetUser(person: Person): Person {
      pulse.revision += 1
      return Object.assign(person, {
        displayName: 'Former user',
        emailAddress: undefined,
        timeZone: undefined,
        active: false,
        isGhost: true,
      })
    },
    addGroup(name: string, members: readonly Person[] = []): Group {
      const hash = [...name].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7)
      const id = `${hash.toString(16).padStart(8, '0')}-348f-414a-9087-8e1ea03a7df8`
      const group = { id, name, members: new Set(members.map((member) => member.id)) }
      state.groups.set(name, group)
      return group
    },
    joinGroup(name: string, person: Person): void {
      groupOf(state, name)?.members.add(person.id)
    },
    leaveGroup(name: string, person: Person): void {
      groupOf(state, name)?.members.delete(person.id)
    },
    /** Gives people a role in a project. */
    addRole(project: Project, role: string, people: readonly Person[] = []): void {
      project.roles.set(role, new Set(people.map((person) => person.id)))
    },
    /** Browse permission lost: for one person, or for everybody. Nothing is stamped. */
    hideProject(project: Project, person?: Person): void {
      const hidden = state.hiddenFrom.get(project.id) ?? new Set()
      state.hiddenFrom.set(project.id, hidden.add(person?.id ?? '*'))
      pulse.revision += 1
    },
    /** Browse permission back. */
    showProject(project: Project, person?: Person): void {
      state.hiddenFrom.get(project.id)?.delete(person?.id ?? '*')
      pulse.revision += 1
    },
    /** Takes "Work on issues" in a project from one person, or from everybody. */
    denyLogging(project: Project, person?: Person): void {
      const denied = state.noLogging.get(project.id) ?? new Set()
      state.noLogging.set(project.id, denied.add(person?.id ?? '*'))
    },
    allowLogging(project: Project, person?: Person): void {
      state.noLogging.get(project.id)?.delete(person?.id ?? '*')
    },
    /** From now on the person's token, PAT and password are refused. */
    revokeCredentials(person: Person): void {
      state.credentials.revoked.add(person.id)
    },
    restoreCredentials(person: Person): void {
      state.credentials.revoked.delete(person.id)
      state.credentials.captcha.delete(person.id)
    },
    addFilter(wish: { name: string; jql: string; owner: Person; id?: string }): SavedFilter {
      const { name, jql, owner } = wish
      const id = pulse.idFor('filter', wish.id)
      const filter = { id, name, jql, ownerId: owner.id, favouriteOf: new Set([owner.id]) }
      state.filters.set(id, filter)
      return filter
    },
  }
}
