import { addDays, type Period } from '../../domain/day.ts'
import { formatInstant, offsetSecondsAt } from '../../domain/zone.ts'
import { toXmlText } from '../../formats/xml-text.ts'
import { type Caller, startOf } from './caller.ts'
import type { RawEntry, RawIssue } from './raw.ts'

/** raw-timesheet.xml (contract 2.4): an item per issue, dates as xs:dateTime. */
export async function* renderRawXml(
  batches: AsyncIterable<readonly RawIssue[]>,
  period: Period,
  caller: Caller,
): AsyncGenerator<string> {
  const date = (instant: number) => dateTime(instant, caller.zone)
  let text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><rawTimeSheetRepresentation>'
  let isEmpty = true
  for await (const batch of batches) {
    for (const issue of batch) {
      if (isEmpty) text += '<worklog>'
      isEmpty = false
      if (issue.isFirst)
        text += `<item>${element('key', issue.key)}${element('summary', issue.summary)}`
      for (const entry of issue.entries) text += entryXml(entry, date)
      if (!issue.isLast) continue
      for (const { label, value } of issue.fields ?? [])
        text += `<fields>${element('label', label)}${element('value', value)}</fields>`
      text += '</item>'
    }
    yield text
    text = ''
  }
  const ends = [startOf(period.from, caller), startOf(addDays(period.to, 1), caller)]
  const [start, end] = ends.map(date)
  yield `${text}${isEmpty ? '<worklog/>' : '</worklog>'}${element('startDate', start!)}${element('endDate', end!)}</rawTimeSheetRepresentation>`
}

function entryXml(entry: RawEntry, date: (instant: number) => string): string {
  return [
    '<entries>',
    element('id', entry.id),
    element('comment', entry.comment),
    element('timeSpent', String(entry.timeSpent)),
    element('author', entry.author),
    element('authorFullName', entry.authorFullName),
    element('created', date(entry.created)),
    element('startDate', date(entry.startDate)),
    element('updateAuthor', entry.updateAuthor),
    element('updateAuthorFullName', entry.updateAuthorFullName),
    element('updated', date(entry.updated)),
    '</entries>',
  ].join('')
}

function element(name: string, text: string): string {
  return `<${name}>${toXmlText(text)}</${name}>`
}

/** `2024-03-04T09:00:00+01:00`; UTC with a numeric zone too, so that readers find one shape. */
function dateTime(instant: number, zone: string): string {
  const offset = offsetSecondsAt(zone, instant)
  return formatInstant(instant, offset)
    .replace(/\.\d{3}/, '')
    .replace(/Z$/, '+00:00')
}
