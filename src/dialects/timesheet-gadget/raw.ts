import { addDays, type Period } from '../../domain/day.ts'
import type { PersonId } from '../../domain/person.ts'
import type { SiteId } from '../../domain/site.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import { type Caller, startOf } from './caller.ts'
import { fieldLabel, userName } from './field-label.ts'
import type { GadgetNeeds } from './needs.ts'

/** A worklog as both raw forms show it; moments are instants. */
export type RawEntry = {
  readonly id: string
  readonly comment: string
  readonly timeSpent: number
  readonly author: string
  readonly authorFullName: string
  readonly created: number
  readonly startDate: number
  readonly updateAuthor: string
  readonly updateAuthorFullName: string
  readonly updated: number
}

export type RawIssue = {
  readonly key: string
  readonly summary: string
  readonly entries: readonly RawEntry[]
  /** Sorted by id; undefined where none were asked for. */
  readonly fields: readonly { readonly label: string; readonly value: string }[] | undefined
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** Issues as the raw forms show them; an issue with very many worklogs comes in parts. */
export async function* readRaw(
  { store }: GadgetNeeds,
  siteId: SiteId,
  batches: AsyncIterable<readonly IssueEntries[]>,
  moreFields: readonly string[],
  caller: Caller,
): AsyncGenerator<readonly RawIssue[]> {
  const ids = [...moreFields].sort()
  let isFirst = true
  for await (const batch of batches) {
    const updaters = await updateAuthors(store, siteId, batch)
    const issues: RawIssue[] = []
    for (const { info, worklogs, isLast } of batch) {
      issues.push({
        key: info.issue.key,
        summary: info.issue.summary,
        entries: worklogs.map((worklog) => rawEntry(worklog, updaters)),
        fields:
          ids.length === 0
            ? undefined
            : ids.map((id) => ({ label: fieldLabel(id, info, caller.zone), value: id })),
        isFirst,
        isLast,
      })
      isFirst = isLast
    }
    yield issues
  }
}

type Named = { readonly name: string; readonly fullName: string }

async function updateAuthors(
  store: GadgetNeeds['store'],
  siteId: SiteId,
  batch: readonly IssueEntries[],
): Promise<ReadonlyMap<string, Named>> {
  const ids = new Set<PersonId>()
  for (const { worklogs } of batch)
    for (const { updateAuthorId } of worklogs) if (updateAuthorId !== null) ids.add(updateAuthorId)
  const people = ids.size > 0 ? await store.people.getMany(siteId, [...ids]) : []
  return new Map(people.map((one) => [one.id, { name: userName(one), fullName: one.displayName }]))
}

function rawEntry(worklog: WorklogView, updaters: ReadonlyMap<string, Named>): RawEntry {
  const author = { name: userName(worklog.author), fullName: worklog.author.displayName }
  const updater = updaters.get(worklog.updateAuthorId ?? '') ?? author
  return {
    id: worklog.jiraId,
    comment: worklog.comment,
    timeSpent: worklog.timeSpentSeconds,
    author: author.name,
    authorFullName: author.fullName,
    created: worklog.createdAt,
    startDate: worklog.startedAt,
    updateAuthor: updater.name,
    updateAuthorFullName: updater.fullName,
    updated: worklog.updatedAt,
  }
}

/** raw-timesheet.json (seed 001): numbers are bare, the end is that of the last day. */
export async function* renderRawJson(
  batches: AsyncIterable<readonly RawIssue[]>,
  period: Period,
  caller: Caller,
): AsyncGenerator<string> {
  let text = '{"worklog":['
  let separator = ''
  for await (const batch of batches) {
    for (const issue of batch) {
      if (issue.isFirst)
        text += `${separator}{"key":${JSON.stringify(issue.key)},"summary":${JSON.stringify(issue.summary)},"entries":[`
      else if (issue.entries.length > 0) text += ','
      text += issue.entries.map(entryJson).join(',')
      if (issue.isLast)
        text += `]${issue.fields ? `,"fields":${JSON.stringify(issue.fields)}` : ''}}`
      separator = ','
    }
    yield text
    text = ''
  }
  const end = startOf(addDays(period.to, 1), caller)
  yield `${text}],"startDate":${startOf(period.from, caller)},"endDate":${end}}`
}

/** The id is bare: clients read a long; its digits are written as they are stored. */
function entryJson({ id, ...entry }: RawEntry): string {
  return `{"id":${id},${JSON.stringify(entry).slice(1)}`
}
