import { type ChoiceWish, chooseFor, mostPeopleAtOnce, replaceChoices } from './choosing.ts'
import type { DatedChoice } from './dated-choice.ts'
import type { Day } from './day.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import {
  type CountedSchedule,
  type Schedule,
  type ScheduleId,
  scheduleLimits,
  type WeekSeconds,
} from './schedule.ts'
import { siteToday } from './site-day.ts'
import type { Store } from './store.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

export type ScheduleWish = {
  readonly name: string
  readonly description?: string
  readonly weekSeconds: readonly number[]
  readonly isDefault?: boolean
}

export type ScheduleChange = Partial<ScheduleWish>

/** Use cases on how long people shall work: administrators write, everybody reads. */
export type Schedules = {
  create(actor: Actor, wish: ScheduleWish): Promise<CountedSchedule>
  change(
    actor: Actor,
    id: ScheduleId,
    change: ScheduleChange,
    ifVersion?: number,
  ): Promise<CountedSchedule>
  /** The days before today stay as they were; the default cannot go. */
  remove(actor: Actor, id: ScheduleId): Promise<void>
  /** `from` null is the very beginning; left out it is today for whoever has chosen before. */
  assign(
    actor: Actor,
    id: ScheduleId,
    personIds: readonly PersonId[],
    from?: Day | null,
  ): Promise<void>
  /** Replaces the whole history of a person. */
  replaceHistory(
    actor: Actor,
    personId: PersonId,
    wishes: readonly ChoiceWish<ScheduleId>[],
  ): Promise<readonly DatedChoice<ScheduleId>[]>
}

export function makeSchedules({ store, now }: { store: Store; now: () => Instant }): Schedules {
  const write = <T>(
    actor: Actor,
    work: (writing: DirectoryWriting, today: Day) => Promise<T>,
  ): Promise<T> =>
    store.write(actor.siteId, async (tx) => {
      checkMay(actor, 'administer', { type: 'calendar' }, 'change schedules')
      const at = now()
      return work({ tx, actor, now: at }, await siteToday(tx, actor.siteId, at))
    })
  return {
    create: (actor, wish) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        checkSchedule(wish)
        const all = await tx.schedules.list(actor.siteId, today)
        if (all.length >= scheduleLimits.perSite)
          throw new DomainError(
            'conflict',
            `A site has at most ${scheduleLimits.perSite} schedules`,
          )
        checkName(all, wish.name)
        const schedule = {
          name: wish.name,
          description: wish.description ?? '',
          isDefault: wish.isDefault ?? false,
          weekSeconds: wish.weekSeconds as unknown as WeekSeconds,
          version: tx.takeVersions(1),
        }
        const id = await tx.schedules.insert(actor.siteId, schedule)
        noteChange(writing, 'schedule.create', id, null, { ...schedule, id })
        return tx.schedules.get(actor.siteId, id, today)
      }),
    change: (actor, id, change, ifVersion) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        checkSchedule(change)
        const { memberCount: _, ...before } = await tx.schedules.get(actor.siteId, id, today)
        checkFresh(before, ifVersion)
        if (before.isDefault && change.isDefault === false)
          throw invalidField('isDefault', 'make another schedule the default instead')
        const all = await tx.schedules.list(actor.siteId, today)
        if (change.name !== undefined) checkName(all, change.name, id)
        const after: Schedule = {
          ...before,
          name: change.name ?? before.name,
          description: change.description ?? before.description,
          isDefault: change.isDefault ?? before.isDefault,
          weekSeconds: (change.weekSeconds as WeekSeconds | undefined) ?? before.weekSeconds,
          version: tx.takeVersions(1),
        }
        await tx.schedules.update(actor.siteId, after)
        noteChange(writing, 'schedule.update', id, before, after)
        return tx.schedules.get(actor.siteId, id, today)
      }),
    remove: (actor, id) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        const { memberCount: _, ...before } = await tx.schedules.get(actor.siteId, id, today)
        if (before.isDefault)
          throw new DomainError('conflict', 'The default schedule cannot be removed')
        await tx.schedules.remove(actor.siteId, id, today)
        tx.takeVersions(1)
        noteChange(writing, 'schedule.delete', id, before, null)
      }),
    assign: (actor, id, personIds, from) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        await tx.schedules.get(actor.siteId, id, today)
        await checkPeople(writing, personIds)
        const choice = { choice: id, from, today }
        await chooseFor(writing, tx.schedules, 'schedule.assign', personIds, choice)
        tx.takeVersions(1)
      }),
    replaceHistory: (actor, personId, wishes) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        await tx.people.get(actor.siteId, personId)
        for (const id of new Set(wishes.flatMap(({ choice }) => choice ?? [])))
          await tx.schedules.get(actor.siteId, id, today)
        tx.takeVersions(1)
        return replaceChoices(writing, tx.schedules, 'schedule.assign', personId, wishes)
      }),
  }
}

/** Throws `invalid` unless everybody named exists. */
export async function checkPeople(
  { tx, actor }: DirectoryWriting,
  personIds: readonly PersonId[],
): Promise<void> {
  if (personIds.length > mostPeopleAtOnce)
    throw invalidField('people', `at most ${mostPeopleAtOnce}`)
  const found = new Set((await tx.people.getMany(actor.siteId, personIds)).map(({ id }) => id))
  const missing = personIds.find((id) => !found.has(id))
  if (missing !== undefined) throw invalidField('people', `there is no person ${missing}`)
}

function checkSchedule(wish: ScheduleChange): void {
  const checks = startChecks()
  checks.line('name', wish.name, 255)
  const problem = wish.description === undefined ? undefined : textProblem(wish.description, 4_000)
  if (problem) checks.wrong('description', problem)
  const { secondsPerDay } = scheduleLimits
  const week = wish.weekSeconds
  if (week !== undefined) {
    if (week.length !== 7) checks.wrong('weekSeconds', 'must have seven days, Monday first')
    if (!week.every((one) => Number.isInteger(one) && one >= 0 && one <= secondsPerDay))
      checks.wrong('weekSeconds', `must be whole seconds from 0 to ${secondsPerDay}`)
  }
  checks.finish('The schedule cannot be accepted')
}

function checkName(all: readonly Schedule[], name: string, own?: ScheduleId): void {
  if (all.some((one) => one.name === name && one.id !== own))
    throw taken('name', `there is a schedule "${name}" already`)
}
