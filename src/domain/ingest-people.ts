import { canonicalJson } from './audit.ts'
import { groupIds } from './ingest-groups.ts'
import type { IngestContext, SourceBatch, SourcePerson } from './ingest-source.ts'
import type { Identity, NewPerson, Person, PersonId } from './person.ts'
import { type ConnectionId, ownConnection } from './site.ts'
import { isTimeZone } from './zone.ts'

/** Finds the person behind what a source shows; without one, the ghost of a former user. */
export type PersonIdOf = (person: SourcePerson | undefined) => PersonId

/** Somebody met in this batch, stored already or about to be. */
type Slot = {
  person: NewPerson & { id?: PersonId; version: number }
  /** As stored, where it is. */
  readonly before: Person | undefined
  readonly newIdentities: Identity[]
  /** Named and kept by somebody here: a source only adds what is missing. */
  readonly isEnteredHere: boolean
}

const formerUser: SourcePerson = { displayName: 'Former user', isActive: false, groups: [] }

/** Finds or creates everybody a batch names, and puts them into the groups it says. */
export async function resolvePeople(
  context: IngestContext,
  batch: SourceBatch,
  accountIdFor: (seed: string) => string,
): Promise<PersonIdOf> {
  const { connection, counts } = context
  const listed = batch.people
  const members = (context.live?.groups ?? []).flatMap((group) => group.members)
  const mentioned = distinct([...mentionedPeople(batch), ...members])
  const everybody = [...listed, ...mentioned]
  const slots = await loadSlots(context, everybody)
  const fresh: Slot[] = []

  const slotOf = (source: SourcePerson): Slot => {
    const identities = identitiesOf(source, connection.id)
    const known = identities.map((identity) => slots.get(nameOf(identity))).find(Boolean)
    const slot = known ?? newSlot(source, connection.name, accountIdFor)
    if (!known) fresh.push(slot)
    for (const identity of identities) {
      if (slots.has(nameOf(identity))) continue
      slots.set(nameOf(identity), slot)
      slot.newIdentities.push(identity)
    }
    return slot
  }
  for (const source of listed) learn(slotOf(source), source, true)
  for (const source of mentioned) learn(slotOf(source), source, false)

  await writeSlots(context, fresh, [...new Set(slots.values())])
  await joinGroups(context, listed, (source) => slotOf(source).person.id!)
  counts.people.new += fresh.length
  const byIdentity = new Map([...slots].map(([name, slot]) => [name, slot.person.id!]))
  return (source) => {
    for (const identity of identitiesOf(source ?? formerUser, connection.id)) {
      const id = byIdentity.get(nameOf(identity))
      if (id) return id
    }
    throw new Error(`person ${source?.displayName} of the batch was not resolved`)
  }
}

function* mentionedPeople(batch: SourceBatch): Iterable<SourcePerson> {
  for (const issue of batch.issues) {
    if (issue.assignee) yield issue.assignee
    if (issue.reporter) yield issue.reporter
    if (issue.creator) yield issue.creator
    if (issue.project.lead) yield issue.project.lead
    for (const worklog of issue.worklogs) {
      yield worklog.author ?? formerUser
      if (worklog.updateAuthor) yield worklog.updateAuthor
    }
  }
  for (const worklog of batch.worklogs) {
    yield worklog.author ?? formerUser
    if (worklog.updateAuthor) yield worklog.updateAuthor
  }
  for (const project of batch.projects) if (project.lead) yield project.lead
  for (const filter of batch.filters) if (filter.owner) yield filter.owner
}

/** Loads everybody known under an identity of this connection, and joins those known otherwise. */
async function loadSlots(
  { tx, siteId, connection }: IngestContext,
  everybody: readonly SourcePerson[],
): Promise<Map<string, Slot>> {
  const identities = everybody.flatMap((source) => identitiesOf(source, connection.id))
  const found = await tx.people.findIdentities(siteId, distinctBy(identities, nameOf))
  const people = await tx.people.getMany(siteId, [...new Set(found.map((one) => one.personId))])
  const known = new Set(found.map(nameOf))
  const unknown = everybody.filter(
    (source) => !identitiesOf(source, connection.id).some((one) => known.has(nameOf(one))),
  )
  const names = unknown.flatMap((source) =>
    [source.accountId, source.email].filter((name) => name !== undefined),
  )
  const candidates = await tx.people.findByNames(siteId, [...new Set(names)])
  const everyone = [...people, ...[...candidates.values()].flat()]
  const enteredHere = await findEnteredHere(tx, siteId, everyone)
  const slotById = new Map(people.map((person) => [person.id, stored(person, enteredHere)]))
  const slots = new Map<string, Slot>()
  for (const one of found) slots.set(nameOf(one), slotById.get(one.personId)!)
  for (const source of unknown) {
    const person = joinable(source, candidates, enteredHere)
    if (!person) continue
    const slot = slotById.get(person.id) ?? stored(person, enteredHere)
    slotById.set(person.id, slot)
    for (const identity of identitiesOf(source, connection.id)) {
      // One person may be shown in several spellings; each identity is still theirs only once.
      if (slots.has(nameOf(identity))) continue
      slots.set(nameOf(identity), slot)
      slot.newIdentities.push(identity)
    }
  }
  return slots
}

/**
 * Somebody we know from elsewhere: the same account id always; the same e-mail address, unless it is
 * an administrator entered here, whom no Jira may speak for. The same user name says nothing: two
 * Jiras use it for two people, and every Jira has its `admin`.
 */
function joinable(
  source: SourcePerson,
  candidates: ReadonlyMap<string, Person[]>,
  enteredHere: ReadonlySet<PersonId>,
): Person | undefined {
  const named = (name: string | undefined) =>
    name === undefined ? [] : (candidates.get(name) ?? [])
  return (
    named(source.accountId).find((person) => person.accountId === source.accountId) ??
    named(source.email).find(
      (person) =>
        person.email?.toLowerCase() === source.email?.toLowerCase() &&
        !(person.role === 'administrator' && enteredHere.has(person.id)),
    )
  )
}

/** Those of them whom somebody entered here: they have a name of our own. */
async function findEnteredHere(
  tx: IngestContext['tx'],
  siteId: IngestContext['siteId'],
  people: readonly Person[],
): Promise<ReadonlySet<PersonId>> {
  const own = people.flatMap(({ accountId, username }): Identity[] => [
    { connectionId: ownConnection, kind: 'accountId', value: accountId },
    ...(username === null
      ? []
      : [{ connectionId: ownConnection, kind: 'username', value: username } as const]),
  ])
  const found = await tx.people.findIdentities(siteId, distinctBy(own, nameOf))
  return new Set(found.map((one) => one.personId))
}

function newSlot(
  source: SourcePerson,
  connectionName: string,
  accountIdFor: (seed: string) => string,
): Slot {
  const name = source.key ?? source.username ?? source.displayName
  return {
    person: {
      accountId: source.accountId ?? accountIdFor(`${connectionName} ${name}`),
      username: source.username ?? null,
      key: source.key ?? null,
      displayName: source.displayName,
      email: source.email ?? null,
      timeZone: knownZone(source.timeZone),
      locale: source.locale ?? null,
      accountType: source.accountType ?? null,
      isActive: source.isActive,
      isGhost: isGhost(source),
      staffId: null,
      role: 'employee',
      version: 0,
    },
    before: undefined,
    newIdentities: [],
    isEnteredHere: false,
  }
}

/**
 * Beside a worklog, what is said of somebody only fills what was unknown: the same person is shown
 * with older and newer attributes in one export, and importing it twice must change nothing.
 */
function learn(slot: Slot, source: SourcePerson, isListed: boolean): void {
  const { person } = slot
  const isAuthoritative = isListed && !slot.isEnteredHere
  const take = (old: string | null, told: string | null | undefined) =>
    (isAuthoritative ? (told ?? old) : (old ?? told)) ?? null
  const isNamed = isAuthoritative || (person.isGhost && !isGhost(source))
  slot.person = {
    ...person,
    username: take(person.username, source.username),
    key: take(person.key, source.key),
    email: take(person.email, source.email),
    timeZone: take(person.timeZone, knownZone(source.timeZone)),
    locale: take(person.locale, source.locale),
    accountType: take(person.accountType, source.accountType),
    displayName: isNamed ? source.displayName : person.displayName,
    isActive: isNamed ? source.isActive : person.isActive,
    isGhost: person.isGhost && isGhost(source),
  }
}

async function writeSlots(
  { tx, siteId, counts }: IngestContext,
  fresh: readonly Slot[],
  all: readonly Slot[],
): Promise<void> {
  let version = tx.takeVersions(fresh.length)
  for (const slot of fresh) slot.person = { ...slot.person, version: version++ }
  const ids = await tx.people.insert(
    siteId,
    fresh.map((slot) => slot.person),
  )
  fresh.forEach((slot, at) => {
    slot.person = { ...slot.person, id: ids[at]! }
  })
  // Compared at the end: one batch may show a person with older and then with newer attributes.
  const changed = all.filter(
    ({ before, person }) => before && canonicalJson(before) !== canonicalJson(person),
  )
  version = tx.takeVersions(changed.length)
  await tx.people.update(
    siteId,
    changed.map((slot) => ({ ...slot.person, version: version++ }) as Person),
  )
  counts.people.changed += changed.length
  await tx.people.addIdentities(
    siteId,
    all.flatMap((slot) =>
      slot.newIdentities.map((identity) => ({ ...identity, personId: slot.person.id! })),
    ),
  )
}

async function joinGroups(
  { tx, siteId, connection, live }: IngestContext,
  people: readonly SourcePerson[],
  idOf: (source: SourcePerson) => PersonId,
): Promise<void> {
  const names = [...new Set(people.flatMap((person) => person.groups))]
  if (names.length === 0) return
  // Its Jira itself is asked who is in which group; an export tells of another day.
  if (!live && (await tx.links.find(siteId, connection.id))) return
  const idByName = await groupIds(tx, siteId, names)
  await tx.groups.addMembers(
    siteId,
    people.flatMap((person) =>
      person.groups.map((name) => ({
        groupId: idByName.get(name)!,
        personId: idOf(person),
        connectionId: connection.id,
      })),
    ),
  )
}

function identitiesOf(source: SourcePerson, connectionId: ConnectionId): Identity[] {
  const identities: Identity[] = []
  if (source.accountId !== undefined)
    identities.push({ connectionId, kind: 'accountId', value: source.accountId })
  if (source.key !== undefined) identities.push({ connectionId, kind: 'key', value: source.key })
  if (source.username !== undefined)
    identities.push({ connectionId, kind: 'username', value: source.username })
  if (identities.length === 0)
    identities.push({ connectionId, kind: 'displayName', value: source.displayName })
  return identities
}

function nameOf(identity: Identity): string {
  return `${identity.connectionId} ${identity.kind} ${identity.value}`
}

function isGhost(source: SourcePerson): boolean {
  return source.accountId === undefined && source.key === undefined && source.username === undefined
}

function knownZone(name: string | undefined): string | null {
  return name !== undefined && isTimeZone(name) ? name : null
}

function stored(person: Person, enteredHere: ReadonlySet<PersonId>): Slot {
  return {
    person,
    before: person,
    newIdentities: [],
    isEnteredHere: enteredHere.has(person.id),
  }
}

/** The same person stands beside thousands of worklogs, each time as an object of its own. */
function distinct(people: Iterable<SourcePerson>): SourcePerson[] {
  const found = new Map<string, SourcePerson>()
  for (const one of people) {
    const { accountId, key, username, displayName, email, timeZone, isActive } = one
    const name = `${accountId}\n${key}\n${username}\n${displayName}\n${email}\n${timeZone}\n${isActive}`
    if (!found.has(name)) found.set(name, one)
  }
  return [...found.values()]
}

function distinctBy<T>(values: readonly T[], nameOfValue: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [nameOfValue(value), value])).values()]
}
