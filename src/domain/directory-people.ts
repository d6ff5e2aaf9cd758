import {
  type Checks,
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError } from './errors.ts'
import type { Group, GroupId } from './group.ts'
import { type Role, roles } from './permission.ts'
import type { Identity, Person, PersonId } from './person.ts'
import type { ReportId } from './report.ts'
import { type GroupRename, withGroupRenamed } from './report-groups.ts'
import { ownConnection } from './site.ts'
import { isTimeZone } from './zone.ts'

/** A new person in the caller's words; whatever is left out is unknown, the role is employee. */
export type PersonWish = {
  readonly displayName: string
  readonly username?: string | null
  readonly email?: string | null
  readonly accountId?: string
  readonly key?: string | null
  readonly timeZone?: string | null
  readonly locale?: string | null
  readonly staffId?: string | null
  readonly role?: Role
  readonly isActive?: boolean
}

/** What to change of a person; the account id never changes. */
export type PersonChange = Partial<Omit<PersonWish, 'accountId'>>

export async function createPerson(
  writing: DirectoryWriting,
  wish: PersonWish,
  newAccountId: () => string,
): Promise<Person> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'site' }, 'add people')
  checkPerson(wish)
  const person = {
    accountId: wish.accountId ?? newAccountId(),
    username: wish.username ?? null,
    key: wish.key ?? null,
    displayName: wish.displayName,
    email: wish.email ?? null,
    timeZone: wish.timeZone ?? null,
    locale: wish.locale ?? null,
    accountType: null,
    isActive: wish.isActive ?? true,
    isGhost: false,
    staffId: wish.staffId ?? null,
    role: wish.role ?? 'employee',
  }
  await checkNames(writing, person, undefined)
  const version = tx.takeVersions(1)
  const [id] = await tx.people.insert(actor.siteId, [{ ...person, version }])
  const created = { ...person, id: id!, version }
  await addIdentity(writing, created)
  noteChange(writing, 'person.create', created.id, null, created)
  return created
}

export async function changePerson(
  writing: DirectoryWriting,
  id: PersonId,
  change: PersonChange,
  ifVersion: number | undefined,
): Promise<Person> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'site' }, 'change people')
  checkPerson(change)
  const before = await tx.people.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  // Whoever is asking stays an active administrator, so a site never loses its last one.
  if (before.id === actor.personId && (change.isActive === false || losesRights(before, change)))
    throw new DomainError('conflict', 'You cannot take your own rights away; ask another one')
  const after: Person = { ...before, ...defined(change), version: tx.takeVersions(1) }
  await checkNames(writing, after, before)
  await tx.people.update(actor.siteId, [after])
  if (after.username !== before.username) await addIdentity(writing, after)
  noteChange(writing, 'person.update', id, before, after)
  return after
}

export async function createGroup(writing: DirectoryWriting, name: string): Promise<Group> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'group' }, 'create groups')
  await checkGroupName(writing, name)
  const [group] = await tx.groups.create(actor.siteId, [name])
  tx.takeVersions(1)
  noteChange(writing, 'group.create', group!.id, null, { name })
  return group!
}

/** Jira knows its groups by their names, and so do worklogs that are kept for one. */
export async function renameGroup(
  writing: DirectoryWriting,
  id: GroupId,
  name: string,
  inJql: GroupRename['inJql'],
): Promise<Group> {
  const { tx, actor } = writing
  const { siteId } = actor
  checkMay(actor, 'administer', { type: 'group' }, 'change groups')
  const group = await tx.groups.get(siteId, id)
  if (group.name === name) return group
  await checkGroupName(writing, name)
  if (!group.isOwn)
    throw new DomainError('conflict', `${group.name} follows a connected Jira: rename it there`)
  for (const connection of await tx.connections.list(siteId))
    if ((await tx.groups.namesRestricting(siteId, connection.id)).includes(group.name))
      throw new DomainError('conflict', `Worklogs are kept for ${group.name}, by this name`)
  await tx.groups.rename(siteId, id, name)
  tx.takeVersions(1)
  noteChange(writing, 'group.update', id, { name: group.name }, { name })
  const inOrder = (names: readonly string[]) => tx.groups.inOrder(names)
  await renameInReports(writing, { from: group.name, to: name, inOrder, inJql })
  return { ...group, name }
}

const reportsPerPage = 500

/** Kept reports go by the names of groups: everybody's follow, whoever renames one. */
async function renameInReports(writing: DirectoryWriting, rename: GroupRename): Promise<void> {
  const { tx, actor, now } = writing
  const { siteId } = actor
  for (let after: ReportId | undefined; ; ) {
    const page = { limit: reportsPerPage, ...(after === undefined ? {} : { afterId: after }) }
    const reports = await tx.reports.listAll(siteId, page)
    for (const before of reports) {
      const definition = await withGroupRenamed(before.definition, rename)
      if (!definition) continue
      const report = { ...before, definition, updatedAt: now, version: tx.takeVersions(1) }
      await tx.reports.update(siteId, report)
      noteChange(writing, 'report.update', report.id, before, report)
    }
    if (reports.length < reportsPerPage) return
    after = reports.at(-1)!.id
  }
}

async function checkGroupName({ tx, actor }: DirectoryWriting, name: string): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  checks.finish('The group cannot be accepted')
  const [known] = await tx.groups.findByNames(actor.siteId, [name])
  if (known) throw taken('name', `there is a group ${name} already`)
}

/** Does nothing where the membership exists already (`isMember` true) or never did (false). */
export async function setMember(
  writing: DirectoryWriting,
  groupId: GroupId,
  personId: PersonId,
  isMember: boolean,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'group' }, 'change groups')
  const group = await tx.groups.get(actor.siteId, groupId)
  const person = await tx.people.get(actor.siteId, personId)
  const { siteId } = actor
  const sources = (await tx.groups.sourcesOf(siteId, person.id))
    .filter(({ name }) => name === group.name)
    .map(({ connectionId }) => connectionId)
  if (isMember ? sources.includes(ownConnection) : sources.length === 0) return
  if (isMember) await tx.groups.addMembers(siteId, [{ groupId: group.id, personId }])
  else {
    const linked = new Set((await tx.links.list(siteId)).map((link) => link.connectionId))
    if (sources.some((source) => linked.has(source)))
      throw new DomainError(
        'conflict',
        `A connected Jira counts ${person.displayName} among ${group.name}: take them out there`,
        { reason: 'member-of-jira' },
      )
    await tx.groups.removeMember(siteId, group.id, personId, sources)
  }
  tx.takeVersions(1)
  const membership = { group: group.name, personId: person.id }
  const action = isMember ? 'group.add-member' : 'group.remove-member'
  noteChange(writing, action, group.id, isMember ? null : membership, isMember ? membership : null)
}

function losesRights(before: Person, change: PersonChange): boolean {
  return before.role === 'administrator' && (change.role ?? before.role) !== 'administrator'
}

function checkPerson(wish: PersonChange & { accountId?: string }): void {
  const checks = startChecks()
  checkLines(checks, wish)
  checks.matches('email', wish.email, /^[^\s@]+@[^\s@]+$/, 'must look like name@example.org')
  checks.matches('timeZone', wish.timeZone, isTimeZone, 'is no IANA time zone')
  const localePattern = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/
  checks.matches('locale', wish.locale, localePattern, 'must look like en or en-GB')
  if (wish.role !== undefined && !roles.includes(wish.role))
    checks.wrong('role', `must be one of ${roles.join(', ')}`)
  checks.finish('The person cannot be accepted')
}

function checkLines(checks: Checks, wish: PersonChange & { accountId?: string }): void {
  checks.line('displayName', wish.displayName, 255)
  checks.line('username', wish.username, 255)
  checks.line('email', wish.email, 254)
  checks.line('accountId', wish.accountId, 255)
  checks.line('key', wish.key, 255)
  checks.line('staffId', wish.staffId, 255)
}

/** A name may lead to one person only: names of every kind are looked up in one go everywhere. */
async function checkNames(
  { tx, actor }: DirectoryWriting,
  person: Omit<Person, 'id' | 'version'> & { id?: PersonId },
  before: Person | undefined,
): Promise<void> {
  const fields = ['accountId', 'username', 'key', 'email'] as const
  const changed = fields.flatMap((field) => {
    const name = person[field]
    return name !== null && name !== before?.[field] ? [{ field, name }] : []
  })
  const found = await tx.people.findByNames(
    actor.siteId,
    changed.map(({ name }) => name),
  )
  for (const { field, name } of changed) {
    const other = found.get(name)?.find((one) => one.id !== person.id)
    if (other) throw taken(field, `"${name}" is a name of ${other.displayName} already`)
  }
}

/** How imports and logins recognise somebody born here; earlier names keep leading to them. */
async function addIdentity({ tx, actor }: DirectoryWriting, person: Person): Promise<void> {
  const identity: Identity =
    person.username === null
      ? { connectionId: ownConnection, kind: 'accountId', value: person.accountId }
      : { connectionId: ownConnection, kind: 'username', value: person.username }
  const [known] = await tx.people.findIdentities(actor.siteId, [identity])
  if (known?.personId === person.id) return
  if (known)
    throw taken(identity.kind, `"${identity.value}" was the name of person ${known.personId}`)
  await tx.people.addIdentities(actor.siteId, [{ ...identity, personId: person.id }])
}

function defined<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<T>
}
