import { type Static, Type } from '@sinclair/typebox'
import { clocks, hoursFormats, languages, preferenceLimits, themes } from '../domain/preferences.ts'
import { closed, nullable, oneOf } from './contract-common.ts'

const short = { minLength: 1, maxLength: preferenceLimits.nameLength }

/** What comes in is looked at more closely than what goes out. */
const shortWish = { ...short, format: 'storable-text' }

const fields = {
  theme: oneOf(themes, { description: '`auto` is as the system has it' }),
  language: nullable(oneOf(languages, { description: 'null: as the browser wishes' })),
  firstWeekday: nullable(
    Type.Integer({
      minimum: 1,
      maximum: 7,
      description:
        'ISO weekday that weeks on the screen begin on; null: that of the site. Reports keep the site’s',
    }),
  ),
  clock: nullable(oneOf(clocks, { description: 'Times of day; null: as the language has it' })),
  hours: oneOf(hoursFormats, { description: 'Durations as `7:30` (clock) or `7.50` (decimal)' }),
  hiddenColumns: hiddenColumns(short),
}

function hiddenColumns(name: Readonly<Record<string, unknown>>) {
  return Type.Unsafe<Record<string, string[]>>({
    type: 'object',
    maxProperties: preferenceLimits.tables,
    propertyNames: { type: 'string', ...name },
    additionalProperties: {
      type: 'array',
      maxItems: preferenceLimits.columns,
      items: { type: 'string', ...name },
    },
    description: 'Columns left out, by the name of the table',
  })
}

export const Preferences = closed(fields, {
  $id: 'Preferences',
  description: 'How somebody wants the application to look and speak',
})
export type PreferencesBody = Static<typeof Preferences>

export const PreferencesChange = Type.Partial(
  closed({ ...fields, hiddenColumns: hiddenColumns(shortWish) }),
  {
    $id: 'PreferencesChange',
    additionalProperties: false,
    minProperties: 1,
    examples: [{ theme: 'dark', hiddenColumns: { people: ['staffId'] } }],
  },
)
export type PreferencesChangeBody = Static<typeof PreferencesChange>
