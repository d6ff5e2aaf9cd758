import type { Brand } from './brand.ts'
import type { DatedChoice, PersonChoice } from './dated-choice.ts'
import type { Day, Period } from './day.ts'
import type { PersonId } from './person.ts'
import type { MemberPage } from './schedule.ts'
import type { SiteId } from './site.ts'

export type HolidaySchemeId = Brand<string, 'HolidaySchemeId'>
export type HolidayId = Brand<string, 'HolidayId'>

/** `fixed` comes every year on the same day of the calendar, `floating` once. */
export const holidayKinds = ['fixed', 'floating'] as const
export type HolidayKind = (typeof holidayKinds)[number]

/** The holidays of a country, a region or an office. */
export type HolidayScheme = {
  readonly id: HolidaySchemeId
  readonly name: string
  readonly description: string
  /** Exactly one scheme of a site is: whoever has no other follows it. */
  readonly isDefault: boolean
  readonly version: number
}

export type CountedHolidayScheme = HolidayScheme & { readonly memberCount: number }

/** Time off that everybody of a scheme has: `seconds` less to work on that day. */
export type Holiday = {
  readonly id: HolidayId
  readonly schemeId: HolidaySchemeId
  readonly kind: HolidayKind
  readonly name: string
  readonly description: string
  readonly day: Day
  readonly seconds: number
}

export const holidayLimits = { schemesPerSite: 1_000, perScheme: 5_000, yearsAtOnce: 10 } as const

/** Whether the holiday falls on a day; one of 29 February comes in leap years only. */
export function fallsOn(holiday: Pick<Holiday, 'kind' | 'day'>, day: Day): boolean {
  return holiday.kind === 'fixed' ? holiday.day.slice(5) === day.slice(5) : holiday.day === day
}

/** A public holiday as a country has it. */
export type PublicHoliday = Omit<Holiday, 'id' | 'schemeId' | 'description'>

/** A country, and what its states and their regions are called. */
export type HolidayPlace = {
  readonly country: string
  readonly state?: string
  readonly region?: string
}

/** Knows the public holidays of the world; what is taken over can be edited afterwards. */
export interface PublicHolidays {
  /** Codes and names of countries, of a country's states, or of a state's regions. */
  places(within: Partial<HolidayPlace>): Promise<readonly { code: string; name: string }[]>
  /** Full days last `fullDaySeconds`; those from noon on half of it. Throws `invalid` for no such place. */
  list(
    place: HolidayPlace,
    years: { readonly from: number; readonly to: number },
    fullDaySeconds: number,
  ): Promise<readonly PublicHoliday[]>
}

export interface HolidayStore {
  listSchemes(siteId: SiteId, day: Day): Promise<readonly CountedHolidayScheme[]>
  getScheme(siteId: SiteId, id: HolidaySchemeId, day: Day): Promise<CountedHolidayScheme>
  insertScheme(siteId: SiteId, scheme: Omit<HolidayScheme, 'id'>): Promise<HolidaySchemeId>
  /** Making one the default takes that from the one before. */
  updateScheme(siteId: SiteId, scheme: HolidayScheme): Promise<void>
  /** From `day` on whoever follows it follows the default; the days before stay as they were. */
  removeScheme(siteId: SiteId, id: HolidaySchemeId, day: Day): Promise<void>
  members(siteId: SiteId, id: HolidaySchemeId, page: MemberPage): Promise<readonly PersonId[]>
  choices(
    siteId: SiteId,
    personIds: readonly PersonId[],
  ): Promise<readonly PersonChoice<HolidaySchemeId>[]>
  choose(
    siteId: SiteId,
    personId: PersonId,
    choices: readonly DatedChoice<HolidaySchemeId>[],
  ): Promise<void>
  /** Every fixed one and the floating ones of the period, of these schemes or of all; by day of the year. */
  find(
    siteId: SiteId,
    query: { readonly schemeIds?: readonly HolidaySchemeId[]; readonly period?: Period },
  ): Promise<readonly Holiday[]>
  get(siteId: SiteId, id: HolidayId): Promise<Holiday>
  insert(siteId: SiteId, holidays: readonly Omit<Holiday, 'id'>[]): Promise<readonly HolidayId[]>
  update(siteId: SiteId, holiday: Holiday): Promise<void>
  remove(siteId: SiteId, id: HolidayId): Promise<void>
}
