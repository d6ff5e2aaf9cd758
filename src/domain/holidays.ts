import { type ChoiceWish, chooseFor, replaceChoices } from './choosing.ts'
import type { DatedChoice } from './dated-choice.ts'
import { type Day, parseDay } from './day.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import {
  type CountedHolidayScheme,
  type Holiday,
  type HolidayId,
  type HolidayKind,
  type HolidayPlace,
  type HolidayScheme,
  type HolidaySchemeId,
  holidayKinds,
  holidayLimits,
  type PublicHolidays,
} from './holiday.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import { checkPeople } from './schedules.ts'
import { siteToday } from './site-day.ts'
import type { Store } from './store.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

export type HolidaySchemeWish = {
  readonly name: string
  readonly description?: string
  readonly isDefault?: boolean
}

export type HolidayWish = {
  readonly kind: HolidayKind
  readonly name: string
  readonly description?: string
  readonly day: string
  readonly seconds: number
}

export type ImportWish = HolidayPlace & {
  readonly fromYear: number
  readonly toYear: number
  /** How long a full day lasts; eight hours when left out. */
  readonly seconds?: number
}

/** Use cases on holidays: administrators write, everybody reads. */
export type Holidays = {
  createScheme(actor: Actor, wish: HolidaySchemeWish): Promise<CountedHolidayScheme>
  changeScheme(
    actor: Actor,
    id: HolidaySchemeId,
    change: Partial<HolidaySchemeWish>,
    ifVersion?: number,
  ): Promise<CountedHolidayScheme>
  removeScheme(actor: Actor, id: HolidaySchemeId): Promise<void>
  assign(
    actor: Actor,
    id: HolidaySchemeId,
    personIds: readonly PersonId[],
    from?: Day | null,
  ): Promise<void>
  replaceHistory(
    actor: Actor,
    personId: PersonId,
    wishes: readonly ChoiceWish<HolidaySchemeId>[],
  ): Promise<readonly DatedChoice<HolidaySchemeId>[]>
  add(actor: Actor, schemeId: HolidaySchemeId, wish: HolidayWish): Promise<Holiday>
  change(actor: Actor, id: HolidayId, change: Partial<HolidayWish>): Promise<Holiday>
  remove(actor: Actor, id: HolidayId): Promise<void>
  /** Takes over a country's public holidays; days that are one already stay as they are. */
  importPublic(
    actor: Actor,
    schemeId: HolidaySchemeId,
    wish: ImportWish,
  ): Promise<readonly Holiday[]>
}

export type HolidaysNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly publicHolidays: PublicHolidays
}

export function makeHolidays({ store, now, publicHolidays }: HolidaysNeeds): Holidays {
  const write = <T>(
    actor: Actor,
    work: (writing: DirectoryWriting, today: Day) => Promise<T>,
  ): Promise<T> =>
    store.write(actor.siteId, async (tx) => {
      checkMay(actor, 'administer', { type: 'calendar' }, 'change holidays')
      const at = now()
      return work({ tx, actor, now: at }, await siteToday(tx, actor.siteId, at))
    })
  return {
    createScheme: (actor, wish) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        checkScheme(wish)
        const all = await tx.holidays.listSchemes(actor.siteId, today)
        if (all.length >= holidayLimits.schemesPerSite)
          throw new DomainError(
            'conflict',
            `A site has at most ${holidayLimits.schemesPerSite} holiday schemes`,
          )
        checkName(all, wish.name)
        const scheme = {
          name: wish.name,
          description: wish.description ?? '',
          isDefault: wish.isDefault ?? false,
          version: tx.takeVersions(1),
        }
        const id = await tx.holidays.insertScheme(actor.siteId, scheme)
        noteChange(writing, 'holiday-scheme.create', id, null, { ...scheme, id })
        return tx.holidays.getScheme(actor.siteId, id, today)
      }),
    changeScheme: (actor, id, change, ifVersion) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        checkScheme(change)
        const { memberCount: _, ...before } = await tx.holidays.getScheme(actor.siteId, id, today)
        checkFresh(before, ifVersion)
        if (before.isDefault && change.isDefault === false)
          throw invalidField('isDefault', 'make another scheme the default instead')
        if (change.name !== undefined)
          checkName(await tx.holidays.listSchemes(actor.siteId, today), change.name, id)
        const after: HolidayScheme = {
          ...before,
          name: change.name ?? before.name,
          description: change.description ?? before.description,
          isDefault: change.isDefault ?? before.isDefault,
          version: tx.takeVersions(1),
        }
        await tx.holidays.updateScheme(actor.siteId, after)
        noteChange(writing, 'holiday-scheme.update', id, before, after)
        return tx.holidays.getScheme(actor.siteId, id, today)
      }),
    removeScheme: (actor, id) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        const { memberCount: _, ...before } = await tx.holidays.getScheme(actor.siteId, id, today)
        if (before.isDefault)
          throw new DomainError('conflict', 'The default holiday scheme cannot be removed')
        await tx.holidays.removeScheme(actor.siteId, id, today)
        tx.takeVersions(1)
        noteChange(writing, 'holiday-scheme.delete', id, before, null)
      }),
    assign: (actor, id, personIds, from) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        await tx.holidays.getScheme(actor.siteId, id, today)
        await checkPeople(writing, personIds)
        const choice = { choice: id, from, today }
        await chooseFor(writing, tx.holidays, 'holiday-scheme.assign', personIds, choice)
        tx.takeVersions(1)
      }),
    replaceHistory: (actor, personId, wishes) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        await tx.people.get(actor.siteId, personId)
        for (const id of new Set(wishes.flatMap(({ choice }) => choice ?? [])))
          await tx.holidays.getScheme(actor.siteId, id, today)
        tx.takeVersions(1)
        return replaceChoices(writing, tx.holidays, 'holiday-scheme.assign', personId, wishes)
      }),
    add: (actor, schemeId, wish) =>
      write(actor, async (writing, today) => {
        await writing.tx.holidays.getScheme(actor.siteId, schemeId, today)
        checkHoliday(wish)
        return (await insert(writing, schemeId, [wish]))[0]!
      }),
    change: (actor, id, change) =>
      write(actor, async (writing, today) => {
        const { tx } = writing
        checkHoliday(change)
        const before = await getHoliday(writing, id, today)
        const after: Holiday = {
          ...before,
          kind: change.kind ?? before.kind,
          name: change.name ?? before.name,
          description: change.description ?? before.description,
          day: change.day === undefined ? before.day : parseDay(change.day),
          seconds: change.seconds ?? before.seconds,
        }
        await tx.holidays.update(actor.siteId, after)
        tx.takeVersions(1)
        noteChange(writing, 'holiday.update', id, before, after)
        return after
      }),
    remove: (actor, id) =>
      write(actor, async (writing, today) => {
        const before = await getHoliday(writing, id, today)
        await writing.tx.holidays.remove(actor.siteId, id)
        writing.tx.takeVersions(1)
        noteChange(writing, 'holiday.delete', id, before, null)
      }),
    async importPublic(actor, schemeId, wish) {
      checkImport(wish)
      const years = { from: wish.fromYear, to: wish.toYear }
      // Asked before the transaction: working out the calendars of the world takes its time.
      const offered = await publicHolidays.list(wish, years, wish.seconds ?? fullDay)
      return write(actor, async (writing, today) => {
        const { tx } = writing
        await tx.holidays.getScheme(actor.siteId, schemeId, today)
        const held = await tx.holidays.find(actor.siteId, { schemeIds: [schemeId] })
        const fixed = new Set(held.flatMap((one) => (one.kind === 'fixed' ? one.day.slice(5) : [])))
        const floating = new Set(held.map((one) => one.day))
        const wanted = offered.filter(
          (one) => !fixed.has(one.day.slice(5)) && (one.kind === 'fixed' || !floating.has(one.day)),
        )
        return insert(writing, schemeId, wanted)
      })
    },
  }
}

/** Eight hours. */
const fullDay = 28_800

async function insert(
  writing: DirectoryWriting,
  schemeId: HolidaySchemeId,
  wishes: readonly HolidayWish[],
): Promise<Holiday[]> {
  const { tx, actor } = writing
  const held = await tx.holidays.find(actor.siteId, { schemeIds: [schemeId] })
  if (held.length + wishes.length > holidayLimits.perScheme)
    throw new DomainError('conflict', `A scheme has at most ${holidayLimits.perScheme} holidays`)
  const rows = wishes.map((wish) => ({
    schemeId,
    kind: wish.kind,
    name: wish.name,
    description: wish.description ?? '',
    day: parseDay(wish.day),
    seconds: wish.seconds,
  }))
  const ids = await tx.holidays.insert(actor.siteId, rows)
  const holidays = rows.map((row, at) => ({ ...row, id: ids[at]! }))
  for (const holiday of holidays) noteChange(writing, 'holiday.create', holiday.id, null, holiday)
  if (holidays.length > 0) tx.takeVersions(1)
  return holidays
}

/** A holiday of a scheme that was not removed. */
async function getHoliday(
  { tx, actor }: DirectoryWriting,
  id: HolidayId,
  today: Day,
): Promise<Holiday> {
  const holiday = await tx.holidays.get(actor.siteId, id)
  await tx.holidays.getScheme(actor.siteId, holiday.schemeId, today)
  return holiday
}

function checkScheme(wish: Partial<HolidaySchemeWish>): void {
  const checks = startChecks()
  checks.line('name', wish.name, 255)
  checkDescription(checks, wish.description)
  checks.finish('The holiday scheme cannot be accepted')
}

function checkHoliday(wish: Partial<HolidayWish>): void {
  const checks = startChecks()
  checks.line('name', wish.name, 255)
  checkDescription(checks, wish.description)
  checks.matches(
    'kind',
    wish.kind,
    (kind) => holidayKinds.some((one) => one === kind),
    'is unknown',
  )
  if (wish.day !== undefined) parseDay(wish.day)
  checkSeconds(checks, wish.seconds)
  checks.finish('The holiday cannot be accepted')
}

function checkImport({ fromYear, toYear, seconds }: ImportWish): void {
  const checks = startChecks()
  for (const [field, year] of Object.entries({ fromYear, toYear }))
    if (!Number.isInteger(year) || year < 1970 || year > 2100)
      checks.wrong(field, 'must be a year from 1970 to 2100')
  if (toYear < fromYear) checks.wrong('toYear', 'is before fromYear')
  if (toYear - fromYear >= holidayLimits.yearsAtOnce)
    checks.wrong('toYear', `at most ${holidayLimits.yearsAtOnce} years at once`)
  checkSeconds(checks, seconds)
  checks.finish('These holidays cannot be taken over')
}

function checkDescription(checks: ReturnType<typeof startChecks>, text: string | undefined): void {
  const problem = text === undefined ? undefined : textProblem(text, 4_000)
  if (problem) checks.wrong('description', problem)
}

function checkSeconds(checks: ReturnType<typeof startChecks>, seconds: number | undefined): void {
  if (seconds === undefined) return
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    checks.wrong('seconds', 'must be whole seconds from 1 to 86400')
}

function checkName(all: readonly HolidayScheme[], name: string, own?: HolidaySchemeId): void {
  if (all.some((one) => one.name === name && one.id !== own))
    throw taken('name', `there is a holiday scheme "${name}" already`)
}
