import { checkFresh, checkMay, startChecks, taken } from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import type { EventKind } from './event.ts'
import type { EventType, EventTypeId } from './event-type.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import type { PlanningSettings } from './planning-settings.ts'
import type { Project, ProjectId } from './project.ts'
import type { Store, Writing } from './store.ts'
import type { WorklogCategory } from './worklog-category.ts'
import type { Instant } from './zone.ts'

export type EventTypeWish = {
  readonly kind: EventKind
  readonly name: string
  readonly isMilestone?: boolean
}

export type CategoryWish = {
  readonly id: number
  readonly name: string
  readonly isBillable: boolean
  readonly isActive?: boolean
}

/** Use cases on what plans are made of; each is one transaction with its audit entry. */
export type PlanningCatalogue = {
  createType(actor: Actor, wish: EventTypeWish): Promise<EventType>
  changeType(
    actor: Actor,
    id: EventTypeId,
    change: Partial<Omit<EventTypeWish, 'kind'>>,
    ifVersion?: number,
  ): Promise<EventType>
  /** Refused (`conflict`) while events have it, and always for system types. */
  removeType(actor: Actor, id: EventTypeId): Promise<void>
  changeSettings(
    actor: Actor,
    change: Partial<Omit<PlanningSettings, 'version'>>,
    ifVersion?: number,
  ): Promise<PlanningSettings>
  /** Null gives the usual number back. */
  setAllowance(actor: Actor, personId: PersonId, year: number, days: number | null): Promise<void>
  putCategory(actor: Actor, wish: CategoryWish): Promise<WorklogCategory>
  /** Switches a project on or off for planning and logging, whoever owns it. */
  setProjectActive(actor: Actor, id: ProjectId, isActive: boolean): Promise<Project>
}

export type CatalogueNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly newId: () => string
}

type Catalogue = { readonly tx: Writing; readonly actor: Actor; readonly now: Instant }

export function makePlanningCatalogue({ store, now, newId }: CatalogueNeeds): PlanningCatalogue {
  const write = <T>(actor: Actor, work: (writing: Catalogue) => Promise<T>) =>
    store.write(actor.siteId, (tx) => work({ tx, actor, now: now() }))
  return {
    createType: (actor, wish) => write(actor, (writing) => createType(writing, wish, newId)),
    changeType: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeType(writing, id, change, ifVersion)),
    removeType: (actor, id) => write(actor, (writing) => removeType(writing, id)),
    changeSettings: (actor, change, ifVersion) =>
      write(actor, async (writing) => {
        const { tx } = writing
        checkMay(actor, 'change', { type: 'site' }, 'change how planning works')
        const before = await tx.planningSettings.get(actor.siteId)
        checkFresh(before, ifVersion)
        if (change.vacationDays != null) checkDays('vacationDays', change.vacationDays)
        const after = { ...before, ...change, version: tx.takeVersions(1) }
        await tx.planningSettings.put(actor.siteId, after)
        note(writing, 'planning-settings.update', String(actor.siteId), before, after)
        return after
      }),
    setAllowance: (actor, personId, year, days) =>
      write(actor, async (writing) => {
        const { tx } = writing
        checkMay(actor, 'change', { type: 'planning' }, 'change how much vacation somebody has')
        if (!Number.isInteger(year) || year < 1900 || year > 2199)
          throw invalidField('year', 'must lie from 1900 to 2199')
        if (days !== null) checkDays('days', days)
        await tx.people.get(actor.siteId, personId)
        const [before = null] = await tx.vacations.find(actor.siteId, [personId], year)
        if (days === null) await tx.vacations.remove(actor.siteId, personId, year)
        else await tx.vacations.put(actor.siteId, { personId, year, days })
        const after = days === null ? null : { personId, year, days }
        note(writing, 'vacation-allowance.update', personId, before, after)
      }),
    putCategory: (actor, wish) => write(actor, (writing) => putCategory(writing, wish)),
    setProjectActive: (actor, id, isActive) =>
      write(actor, async (writing) => {
        const { tx } = writing
        checkMay(actor, 'change', { type: 'project' }, 'switch projects on and off')
        const before = await tx.projects.get(actor.siteId, id)
        if (before.isActive === isActive) return before
        const after = { ...before, isActive, version: tx.takeVersions(1) }
        await tx.projects.update(actor.siteId, [after])
        note(writing, 'project.update', id, before, after)
        return after
      }),
  }
}

async function createType(
  writing: Catalogue,
  { kind, name, isMilestone = false }: EventTypeWish,
  newId: () => string,
): Promise<EventType> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'planning' }, 'create types of events')
  await checkTypeName(writing, name, undefined)
  const type: EventType = {
    id: newId() as EventTypeId,
    kind,
    name,
    isSystem: false,
    isMilestone,
    version: tx.takeVersions(1),
  }
  await tx.eventTypes.insert(actor.siteId, type)
  note(writing, 'event-type.create', type.id, null, type)
  return type
}

async function changeType(
  writing: Catalogue,
  id: EventTypeId,
  change: Partial<Omit<EventTypeWish, 'kind'>>,
  ifVersion: number | undefined,
): Promise<EventType> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'planning' }, 'change types of events')
  const before = await findType(writing, id)
  checkFresh(before, ifVersion)
  if (change.name !== undefined) await checkTypeName(writing, change.name, id)
  const after = {
    ...before,
    name: change.name ?? before.name,
    isMilestone: change.isMilestone ?? before.isMilestone,
    version: tx.takeVersions(1),
  }
  await tx.eventTypes.update(actor.siteId, after)
  note(writing, 'event-type.update', id, before, after)
  return after
}

async function removeType(writing: Catalogue, id: EventTypeId): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'planning' }, 'remove types of events')
  const before = await findType(writing, id)
  if (before.isSystem)
    throw new DomainError('conflict', `${before.name} comes with the site and stays`)
  if (await tx.eventTypes.isUsed(actor.siteId, id))
    throw new DomainError('conflict', `There are events of the type ${before.name}`)
  tx.takeVersions(1)
  await tx.eventTypes.remove(actor.siteId, id)
  note(writing, 'event-type.delete', id, before, null)
}

async function findType({ tx, actor }: Catalogue, id: EventTypeId): Promise<EventType> {
  const found = (await tx.eventTypes.list(actor.siteId)).find((type) => type.id === id)
  if (!found) throw new DomainError('not-found', `There is no type of event ${id}`)
  return found
}

async function checkTypeName(
  { tx, actor }: Catalogue,
  name: string,
  self: EventTypeId | undefined,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  checks.finish('The type of event cannot be accepted')
  const types = await tx.eventTypes.list(actor.siteId)
  if (types.length >= 500) throw new DomainError('conflict', 'At most 500 types of events')
  const other = types.find((type) => type.name.toLowerCase() === name.toLowerCase())
  if (other && other.id !== self) throw taken('name', `there is a type ${other.name} already`)
}

async function putCategory(writing: Catalogue, wish: CategoryWish): Promise<WorklogCategory> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'planning' }, 'change categories of worklogs')
  const checks = startChecks()
  checks.line('name', wish.name, 255)
  if (!Number.isInteger(wish.id) || wish.id < -128 || wish.id > 127)
    checks.wrong('id', 'must be a whole number from -128 to 127')
  if (wish.id === 0 && !wish.isBillable)
    checks.wrong('isBillable', 'category 0 is billable: reports split on it')
  checks.finish('The category cannot be accepted')
  const all = await tx.worklogCategories.list(actor.siteId)
  const before = all.find(({ id }) => id === wish.id) ?? null
  const other = all.find(({ name }) => name.toLowerCase() === wish.name.toLowerCase())
  if (other && other.id !== wish.id) throw taken('name', `category ${other.id} has that name`)
  if (before && before.name !== wish.name)
    throw invalidField('name', 'stays as it is: worklogs name their category')
  const after = { ...wish, isActive: wish.isActive ?? true, version: tx.takeVersions(1) }
  await tx.worklogCategories.put(actor.siteId, after)
  const action = before ? 'worklog-category.update' : 'worklog-category.create'
  note(writing, action, String(wish.id), before, after)
  return after
}

function checkDays(field: string, days: number): void {
  if (!(days >= 0 && days <= 366) || Number(days.toFixed(2)) !== days)
    throw invalidField(field, 'must lie from 0 to 366, with at most two decimals')
}

function note(
  { tx, actor, now }: Catalogue,
  action: string,
  objectId: string,
  before: unknown,
  after: unknown,
): void {
  tx.note({
    at: now,
    actorId: actor.personId,
    via: actor.via,
    action,
    objectType: action.split('.', 1)[0] ?? action,
    objectId,
    before,
    after,
  })
}
