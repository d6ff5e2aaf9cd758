import type { DirectoryWriting } from './directory-checks.ts'
import { changeIssue, createIssue, type IssueChange, type IssueWish } from './directory-issues.ts'
import {
  changePerson,
  createGroup,
  createPerson,
  type PersonChange,
  type PersonWish,
  renameGroup,
  setMember,
} from './directory-people.ts'
import {
  changeProject,
  createProject,
  type ProjectChange,
  type ProjectWish,
} from './directory-projects.ts'
import type { Group, GroupId } from './group.ts'
import type { Issue, IssueId } from './issue.ts'
import type { Actor } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import type { Project, ProjectId } from './project.ts'
import type { GroupRename } from './report-groups.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

export type { IssueChange, IssueWish } from './directory-issues.ts'
export type { PersonChange, PersonWish } from './directory-people.ts'
export type { ProjectChange, ProjectWish } from './directory-projects.ts'

/**
 * Use cases on who and what there is: people, groups, and the projects and issues of our own. Each
 * call is one transaction with its audit entry; `ifVersion` refuses a row that changed meanwhile.
 */
export type Directory = {
  createPerson(actor: Actor, wish: PersonWish): Promise<Person>
  changePerson(
    actor: Actor,
    id: PersonId,
    change: PersonChange,
    ifVersion?: number,
  ): Promise<Person>
  createGroup(actor: Actor, name: string): Promise<Group>
  /** Only a group of our own, whose name keeps no worklog from others; kept reports follow. */
  renameGroup(actor: Actor, id: GroupId, name: string): Promise<Group>
  addMember(actor: Actor, groupId: GroupId, personId: PersonId): Promise<void>
  removeMember(actor: Actor, groupId: GroupId, personId: PersonId): Promise<void>
  createProject(actor: Actor, wish: ProjectWish): Promise<Project>
  changeProject(
    actor: Actor,
    id: ProjectId,
    change: ProjectChange,
    ifVersion?: number,
  ): Promise<Project>
  createIssue(actor: Actor, wish: IssueWish): Promise<Issue>
  changeIssue(actor: Actor, id: IssueId, change: IssueChange, ifVersion?: number): Promise<Issue>
}

export type DirectoryNeeds = {
  readonly store: Store
  readonly now: () => Instant
  /** An account id nobody has yet, for people who have none elsewhere. */
  readonly newAccountId: () => string
  /** A query with another name for a group. */
  readonly renameGroupInJql: GroupRename['inJql']
}

export function makeDirectory({
  store,
  now,
  newAccountId,
  renameGroupInJql,
}: DirectoryNeeds): Directory {
  const write = <T>(actor: Actor, work: (writing: DirectoryWriting) => Promise<T>) =>
    store.write(actor.siteId, (tx) => work({ tx, actor, now: now() }))
  return {
    createPerson: (actor, wish) =>
      write(actor, (writing) => createPerson(writing, wish, newAccountId)),
    changePerson: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changePerson(writing, id, change, ifVersion)),
    createGroup: (actor, name) => write(actor, (writing) => createGroup(writing, name)),
    renameGroup: (actor, id, name) =>
      write(actor, (writing) => renameGroup(writing, id, name, renameGroupInJql)),
    addMember: (actor, groupId, personId) =>
      write(actor, (writing) => setMember(writing, groupId, personId, true)),
    removeMember: (actor, groupId, personId) =>
      write(actor, (writing) => setMember(writing, groupId, personId, false)),
    createProject: (actor, wish) => write(actor, (writing) => createProject(writing, wish)),
    changeProject: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeProject(writing, id, change, ifVersion)),
    createIssue: (actor, wish) => write(actor, (writing) => createIssue(writing, wish)),
    changeIssue: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeIssue(writing, id, change, ifVersion)),
  }
}
