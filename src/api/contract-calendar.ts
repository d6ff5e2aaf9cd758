import { type Static, Type } from '@sinclair/typebox'
import { mostChoices, mostPeopleAtOnce } from '../domain/choosing.ts'
import { holidayKinds } from '../domain/holiday.ts'
import {
  closed,
  DayText,
  Id,
  name,
  nullable,
  oneOf,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'

const description = text(4_000, { description: 'Free text' })
const Seconds = Type.Integer({ description: 'Whole seconds', examples: [28800] })
const memberCount = Type.Integer({ description: 'Active people who follow it today' })
const isDefault = Type.Boolean({ description: 'Whoever chose nothing else follows it' })

const week = Type.Array(Type.Integer({ minimum: 0, maximum: 86_400 }), {
  minItems: 7,
  maxItems: 7,
  description: 'Seconds to work from Monday to Sunday',
  examples: [[28800, 28800, 28800, 28800, 28800, 0, 0]],
})

export const Schedule = closed(
  {
    id: Id,
    name: Type.String(),
    description: Type.String(),
    isDefault,
    weekSeconds: week,
    memberCount,
    version: Version,
  },
  { $id: 'Schedule', description: 'How long people shall work on each day of the week' },
)
export type ScheduleBody = Static<typeof Schedule>

export const SchedulesAnswer = closed(
  { schedules: Type.Array(ref(Schedule)) },
  { $id: 'SchedulesAnswer' },
)

export const NewSchedule = closed(
  {
    name: text(255, { minLength: 1 }),
    description: Type.Optional(description),
    weekSeconds: week,
    isDefault: Type.Optional(isDefault),
  },
  {
    $id: 'NewSchedule',
    examples: [{ name: 'Half days', weekSeconds: [14400, 14400, 14400, 14400, 14400, 0, 0] }],
  },
)

export const ScheduleChange = closed(
  {
    name: Type.Optional(text(255, { minLength: 1 })),
    description: Type.Optional(description),
    weekSeconds: Type.Optional(week),
    isDefault: Type.Optional(isDefault),
  },
  { $id: 'ScheduleChange', minProperties: 1, examples: [{ isDefault: true }] },
)

export const HolidayScheme = closed(
  {
    id: Id,
    name: Type.String(),
    description: Type.String(),
    isDefault,
    memberCount,
    version: Version,
  },
  { $id: 'HolidayScheme', description: 'The holidays of a country, a region or an office' },
)
export type HolidaySchemeBody = Static<typeof HolidayScheme>

export const HolidaySchemesAnswer = closed(
  { holidaySchemes: Type.Array(ref(HolidayScheme)) },
  { $id: 'HolidaySchemesAnswer' },
)

export const NewHolidayScheme = closed(
  {
    name: text(255, { minLength: 1 }),
    description: Type.Optional(description),
    isDefault: Type.Optional(isDefault),
  },
  { $id: 'NewHolidayScheme', examples: [{ name: 'Bavaria' }] },
)

export const HolidaySchemeChange = closed(
  {
    name: Type.Optional(text(255, { minLength: 1 })),
    description: Type.Optional(description),
    isDefault: Type.Optional(isDefault),
  },
  { $id: 'HolidaySchemeChange', minProperties: 1, examples: [{ name: 'Bayern' }] },
)

const kind = oneOf(holidayKinds, {
  description: 'fixed comes every year on that day of the calendar, floating once',
})
const holidaySeconds = Type.Integer({
  minimum: 1,
  maximum: 86_400,
  description: 'How much less there is to work; half a day is half of it',
  examples: [28800],
})

export const Holiday = closed(
  {
    id: Id,
    schemeId: Id,
    kind,
    name: Type.String(),
    description: Type.String(),
    day: Type.String(),
    seconds: Seconds,
  },
  { $id: 'Holiday' },
)

export const HolidaysAnswer = closed(
  { holidays: Type.Array(ref(Holiday)) },
  { $id: 'HolidaysAnswer' },
)

const holidayFields = { description: Type.Optional(description) }

export const NewHoliday = closed(
  {
    kind,
    name: text(255, { minLength: 1 }),
    day: DayText,
    seconds: holidaySeconds,
    ...holidayFields,
  },
  {
    $id: 'NewHoliday',
    examples: [{ kind: 'fixed', name: 'Christmas Day', day: '2026-12-25', seconds: 28800 }],
  },
)

export const HolidayChange = closed(
  {
    kind: Type.Optional(kind),
    name: Type.Optional(text(255, { minLength: 1 })),
    day: Type.Optional(DayText),
    seconds: Type.Optional(holidaySeconds),
    ...holidayFields,
  },
  { $id: 'HolidayChange', minProperties: 1, examples: [{ seconds: 14400 }] },
)

const code = (what: string, examples: readonly string[]) =>
  text(20, { minLength: 1, description: `Code of a ${what}`, examples })
const years = Type.Integer({ minimum: 1970, maximum: 2100, examples: [2026] })

export const HolidayImport = closed(
  {
    country: code('country', ['DE']),
    state: Type.Optional(code('state', ['BY'])),
    region: Type.Optional(code('region', ['A'])),
    fromYear: years,
    toYear: years,
    seconds: Type.Optional(holidaySeconds),
  },
  {
    $id: 'HolidayImport',
    examples: [{ country: 'DE', state: 'BY', fromYear: 2026, toYear: 2027 }],
  },
)

const year = Type.String({ pattern: '^[0-9]{4}$', examples: ['2026'] })

export const HolidaysQuery = closed({
  year: Type.Optional(year),
})

export const PlacesQuery = closed({
  country: Type.Optional(code('country', ['DE'])),
  state: Type.Optional(code('state', ['BY'])),
})

export const PlacesAnswer = closed(
  { places: Type.Array(closed({ code: Type.String(), name: Type.String() })) },
  { $id: 'PlacesAnswer' },
)

export const PublicHolidaysQuery = closed({
  country: code('country', ['DE']),
  state: Type.Optional(code('state', ['BY'])),
  region: Type.Optional(code('region', ['A'])),
  year: Type.String({ pattern: '^(19[7-9][0-9]|20[0-9][0-9])$', examples: ['2026'] }),
})

export const PublicHolidaysAnswer = closed(
  {
    holidays: Type.Array(
      closed({ kind, name: Type.String(), day: Type.String(), seconds: Seconds }),
    ),
  },
  { $id: 'PublicHolidaysAnswer' },
)

const since = (description: string) =>
  nullable(Type.String({ format: 'date', maxLength: 10, description }))

export const NewMembers = closed(
  {
    people: Type.Array(name('Any name of a person', ['jane']), {
      minItems: 1,
      maxItems: mostPeopleAtOnce,
    }),
    from: Type.Optional(
      since(
        'From that day on; null from the very beginning. Left out: today, or the very beginning for those who never had another.',
      ),
    ),
  },
  { $id: 'NewMembers', examples: [{ people: ['jane'], from: '2026-03-01' }] },
)

const choice = {
  from: since('Its first day; null from the very beginning'),
  id: nullable(Type.String({ maxLength: 20, description: 'Null: whichever is the default' })),
}

export const ChoicesAnswer = closed(
  { choices: Type.Array(closed(choice)) },
  { $id: 'ChoicesAnswer', description: 'What a person follows since when, oldest first' },
)

export const Choices = closed(
  { choices: Type.Array(closed(choice), { maxItems: mostChoices }) },
  { $id: 'Choices', examples: [{ choices: [{ from: '2026-03-01', id: '2' }] }] },
)

export const RequiredQuery = closed({
  person: Type.Optional(repeatable(name('', ['jane']), 'Any name of a person; you, if left out')),
  from: DayText,
  to: DayText,
})
export type RequiredQuery = Static<typeof RequiredQuery>

export const RequiredAnswer = closed(
  {
    people: Type.Array(
      closed({
        person: closed({ id: Id, accountId: Type.String(), displayName: Type.String() }),
        requiredSeconds: Type.Integer({ description: 'Of all days' }),
        days: Type.Array(
          closed({
            day: Type.String(),
            requiredSeconds: Type.Integer({ description: 'scheduledSeconds less the holiday' }),
            scheduledSeconds: Seconds,
            holiday: nullable(closed({ id: Id, name: Type.String(), seconds: Seconds })),
          }),
        ),
      }),
    ),
  },
  { $id: 'RequiredAnswer', description: 'What people owe on each day' },
)
