import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Day, isDay } from '../time/days.ts'
import { type Format, useFormat } from '../time/format.ts'
import { useDimensionTexts, useMeasureTexts } from './report-names-texts.ts'
import { dimensionsQuery, type ReportColumn } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

/** What things in a report are called, in the person's language. */
export type ReportNames = {
  readonly dimension: (name: string) => string
  readonly measure: (name: string) => string
  /** A value of a dimension: a span of time as people say it, everything else as the server does. */
  readonly value: (dimension: string, key: string, label: string) => string
  readonly column: (column: ReportColumn, across: string | null, hasMany: boolean) => string
}

export function useReportNames(): ReportNames {
  const t = useReportsTexts()
  const dimensions = useDimensionTexts()
  const measures = useMeasureTexts()
  const format = useFormat()
  const { data } = useQuery(dimensionsQuery)
  return useMemo(() => {
    const titles = new Map(data?.dimensions.map(({ name, title }) => [name, title]))
    const dimension = (name: string) =>
      (dimensions as Readonly<Record<string, string>>)[name] ??
      titles.get(name) ??
      name.slice(name.indexOf(':') + 1)
    const measure = (name: string) => (measures as Readonly<Record<string, string>>)[name] ?? name
    const value = (of: string, key: string, label: string) =>
      key === ''
        ? t.noValue
        : isDay(key)
          ? spanName(of, key, label, format, t)
          : of === 'weekday' && /^[1-7]$/.test(key)
            ? // The first of January 2024 was a Monday.
              new Intl.DateTimeFormat(format.locale, { weekday: 'long', timeZone: 'UTC' }).format(
                Date.UTC(2024, 0, Number(key)),
              )
            : label
    const column = (one: ReportColumn, across: string | null, hasMany: boolean) => {
      if (one.role === 'dimension') return dimension(one.dimension ?? one.key)
      if (one.role === 'field') return one.title
      const what = measure(one.measure ?? '')
      if (one.columnKey == null) return hasMany ? what : t.total
      const [label = ''] = one.title.split(' · ')
      const name = value(across ?? '', one.columnKey, label)
      return hasMany ? `${name} · ${what}` : name
    }
    return { dimension, measure, value, column }
  }, [t, dimensions, measures, format, data])
}

/** The span of time that begins on this day, as short as it is clear. */
function spanName(
  dimension: string,
  day: Day,
  label: string,
  format: Format,
  t: ReturnType<typeof useReportsTexts>,
): string {
  switch (dimension) {
    case 'day':
      return format.shortDay(day)
    case 'week': {
      const number = /W0?(\d+)$/.exec(label)?.[1]
      return number ? t.weekOf(number) : format.shortDay(day)
    }
    case 'month':
      return monthName(format.locale, day)
    case 'quarter':
      return t.quarterOf(String(Math.ceil(Number(day.slice(5, 7)) / 3)), day.slice(0, 4))
    case 'year':
      return day.slice(0, 4)
    default:
      return label
  }
}

function monthName(locale: string, day: Day): string {
  const date = new Date(`${day}T00:00:00Z`)
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}
