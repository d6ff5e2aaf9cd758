import type { HandOverRow, HandOverSettings } from '../../domain/hand-over.ts'
import type { WorklogParams } from './params.ts'
import { hoursText, stamp } from './xml.ts'

/** An element of a row: its name, and its text where it has one. */
export type Column = readonly [name: string, text: (row: HandOverRow) => string | null]

export type Look = {
  readonly params: WorklogParams
  readonly settings: HandOverSettings
  /** Zone of the server's stamps. */
  readonly zone: string
}

/** The default set, in the order of contract 2.3: a client reads it by position. */
export function worklogColumns({ settings, zone }: Look): readonly Column[] {
  const startTime: Column = ['work_date_time', (row) => `${row.day} ${row.startTime}`]
  return [
    ['worklog_id', (row) => row.id],
    ['issue_id', (row) => (row.isGone ? null : row.issueId)],
    ['issue_key', (row) => row.issueKey],
    ['hours', (row) => (row.isGone ? '0.0' : hoursText(row.timeSpentSeconds))],
    ['billed_hours', (row) => (row.isGone ? '0.0' : hoursText(row.billableSeconds))],
    ['work_date', (row) => row.day],
    ...(settings.showsStartTime ? [startTime] : []),
    ['username', (row) => row.username],
    ['staff_id', (row) => row.staffId],
    ['billing_key', (row) => row.accountKey],
    ['billing_attributes', billingAttributes],
    ['activity_id', (row) => activityId(row.activity)],
    ['activity_name', (row) => row.activity.name],
    ['work_description', (row) => (row.isGone ? null : row.comment)],
    ['parent_key', (row) => row.parentKey],
    ['reporter', (row) => row.reporter],
    ['external_id', (row) => row.external?.externalId ?? null],
    ['external_tstamp', (row) => (row.external ? stamp(row.external.at, zone) : null)],
    ['external_hours', (row) => row.external?.hours ?? '0.0'],
    ['external_result', (row) => row.external?.result ?? null],
    ...settings.customFields.map(
      (field): Column => [
        field.replace('customfield_', 'customField_'),
        (row) => customText(row.customFields?.[field]),
      ],
    ),
    ['hash_value', (row) => row.fingerprint],
  ]
}

/** `Key=value,Key=value`; clients split at the comma, so a value has none [contract 2.4]. */
function billingAttributes({ attributes }: HandOverRow): string {
  return attributes.map(([key, value]) => `${key}=${value.replaceAll(',', ';')}`).join(',')
}

/** An issue that was born here has names only: the name then stands for the id. */
function activityId({ kind, id, name }: HandOverRow['activity']): string | null {
  if (kind === null) return null
  return `${kind === 'version' ? 'v' : 'c'}${id ?? name ?? ''}`
}

/** A custom field as text: dates as `yyyy-MM-dd HH:mm:ss.S`, choices by their value or name. */
function customText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') {
    const [, day, time, milli] =
      /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|[+-]\d\d:?\d\d)$/.exec(value) ?? []
    if (day !== undefined) return `${day} ${time}.${Number((milli ?? '0').slice(0, 3))}`
    return /^\d{4}-\d\d-\d\d$/.test(value) ? `${value} 00:00:00.0` : value
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value))
    return value
      .map((one) => customText(one) ?? '')
      .filter((text) => text !== '')
      .join(', ')
  const { value: chosen, name, displayName, key } = value as Readonly<Record<string, unknown>>
  return customText(chosen ?? name ?? displayName ?? key)
}
