import { type Day, isDay } from '../time/days.ts'

export const reportViews = ['table', 'chart', 'balance', 'year', 'burn'] as const

export type ReportView = (typeof reportViews)[number]

/** Only worklogs under these keys of a dimension. */
export type Among = { readonly dimension: string; readonly keys: readonly string[] }

/** Filters by the names people and scripts use, as kept reports may have them. */
export const namedFilters = ['author', 'group', 'excludeGroup', 'project', 'issue'] as const

export type NamedFilter = (typeof namedFilters)[number]
export type Named = { readonly [filter in NamedFilter]?: readonly string[] }

/** What the address of the reports screen says: the whole report, so that it can be sent to others. */
export type ReportSearch = {
  /** Dimensions, outermost first, with commas between; empty for the total alone. */
  readonly rows?: string
  readonly columns?: string
  readonly values?: string
  /** Days that move with today; or else `from` and `to`. */
  readonly period?: string
  readonly from?: Day
  readonly to?: Day
  readonly among?: readonly Among[]
  readonly named?: Named
  readonly jql?: string
  /** ISO weekday a week begins with; as the site has it when left out. */
  readonly weekStart?: number
  /** Weekend days nobody worked on have no column. */
  readonly weekends?: false
  /** A column by its place among the columns, with a minus before it when it falls. */
  readonly sort?: string
  readonly view?: ReportView
  readonly heat?: true
  /** Whose time the balance shows, `team:12` or `person:7`; everybody's when left out. */
  readonly of?: string
  /** What the balance holds logged time against: what is required, when left out. */
  readonly against?: 'planned'
  /** The kept report that this began as. */
  readonly report?: string
}

const names = /^[\w:.\- ,]{0,1000}$/

/** Reads the address; what makes no sense is left out. */
export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const { from, to, jql, report, weekStart } = search
  const named = readNamed(search.named)
  const among = readAmong(search.among)
  const view = reportViews.find((one) => one === search.view && one !== 'table')
  const days = isDay(from) && isDay(to) && from <= to ? { from, to } : {}
  return {
    ...textOf('rows', search, names),
    ...textOf('columns', search, names),
    ...textOf('values', search, names),
    ...('from' in days ? days : textOf('period', search, /^[a-z0-9-]{1,20}$/)),
    ...(among.length > 0 ? { among } : {}),
    ...(Object.keys(named).length > 0 ? { named } : {}),
    ...(/^[1-7]$/.test(String(weekStart)) ? { weekStart: Number(weekStart) } : {}),
    ...(search.weekends === false ? { weekends: false } : {}),
    ...(typeof jql === 'string' && jql.trim() !== '' && jql.length <= 20_000 ? { jql } : {}),
    ...textOf('sort', search, /^-?[^-].{0,300}$/),
    ...(view ? { view } : {}),
    ...(search.heat === true ? { heat: true } : {}),
    ...textOf('of', search, /^(team|person):[1-9]\d{0,17}$/),
    ...(search.against === 'planned' ? { against: 'planned' } : {}),
    ...(report !== undefined && /^[1-9]\d{0,17}$/.test(String(report))
      ? { report: String(report) }
      : {}),
  }
}

function textOf<Name extends string>(
  name: Name,
  search: Record<string, unknown>,
  pattern: RegExp,
): { readonly [key in Name]?: string } {
  const value = search[name]
  const text = typeof value === 'number' ? String(value) : value
  return (typeof text === 'string' && pattern.test(text) ? { [name]: text } : {}) as {
    readonly [key in Name]?: string
  }
}

function readAmong(value: unknown): readonly Among[] {
  if (!Array.isArray(value)) return []
  return value
    .flatMap((one: unknown): Among[] => {
      if (typeof one !== 'object' || one === null) return []
      const { dimension, keys } = one as { dimension?: unknown; keys?: unknown }
      if (typeof dimension !== 'string' || !Array.isArray(keys)) return []
      return [{ dimension, keys: keys.map(String).slice(0, 200) }]
    })
    .slice(0, 20)
}

function readNamed(value: unknown): Named {
  if (typeof value !== 'object' || value === null) return {}
  const named = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    namedFilters.flatMap((filter) => {
      const names = named[filter]
      if (!Array.isArray(names) || names.length === 0) return []
      return [[filter, names.map(String).slice(0, 200)]]
    }),
  )
}
