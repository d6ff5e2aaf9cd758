import { offsetSecondsAt } from '../../src/domain/zone.ts'
import { parseJiraDuration, renderJiraDuration } from '../../src/jira/duration.ts'
import { adfOf, isAdf, textOfComment } from './adf.ts'
import { fieldRefusal } from './errors.ts'
import type { Call } from './route.ts'
import { groupOf } from './world-state.ts'
import type { Group, JiraSettings, Person, Worklog } from './world-types.ts'

/** Where a call's links point: base and version of the API. */
export function linkOf(call: Call, path: string): string {
  return `${call.base}/rest/api/${call.version}/${path}`
}

/** A moment as Jira writes it, in the server's zone: `2026-03-02T12:00:00.000+0000`. */
export function dateText(call: Call, instant: number): string {
  const zone = call.world.state.settings.timeZone
  const offsetMinutes = zone === 'UTC' ? 0 : Math.trunc(offsetSecondsAt(zone, instant) / 60)
  const local = new Date(instant + offsetMinutes * 60_000).toISOString().slice(0, -1)
  const size = Math.abs(offsetMinutes)
  const digits = String(Math.floor(size / 60) * 100 + (size % 60)).padStart(4, '0')
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${digits}`
}

/** A person as the dialect shows them: Cloud has no `name` and `key`, Data Center no accountId. */
export function userBean(call: Call, person: Person) {
  const id = call.dialect === 'cloud' ? person.accountId : person.name
  const param = call.dialect === 'cloud' ? 'accountId' : 'username'
  const avatar = (size: number) => `${call.base}/secure/useravatar?size=${size}`
  return {
    self: linkOf(call, `user?${param}=${encodeURIComponent(id)}`),
    ...(call.dialect === 'cloud'
      ? { accountId: person.accountId, accountType: person.accountType }
      : { name: person.name, key: person.key }),
    ...(person.emailAddress === undefined ? {} : { emailAddress: person.emailAddress }),
    avatarUrls: {
      '48x48': avatar(48),
      '24x24': avatar(24),
      '16x16': avatar(16),
      '32x32': avatar(32),
    },
    displayName: person.displayName,
    active: person.active,
    ...(person.timeZone === undefined ? {} : { timeZone: person.timeZone }),
  }
}

/** The person inside a worklog: Cloud says neither locale nor e-mail of people that hide it. */
function authorOf(call: Call, key: 'author' | 'updateAuthor', id: string | undefined) {
  const person = id === undefined ? undefined : call.world.state.people.get(id)
  return person && !call.switches.hideAuthors ? { [key]: userBean(call, person) } : {}
}

/** A worklog as version and dialect show it, in Jira's key order. */
export function worklogBean(call: Call, worklog: Worklog) {
  const { settings } = call.world.state
  return {
    self: linkOf(call, `issue/${worklog.issueId}/worklog/${worklog.id}`),
    ...authorOf(call, 'author', worklog.authorId),
    ...authorOf(call, 'updateAuthor', worklog.updateAuthorId),
    ...commentOf(call, worklog),
    created: dateText(call, worklog.created),
    updated: dateText(call, worklog.updated),
    ...visibilityOf(call, worklog),
    started: dateText(call, worklog.started),
    timeSpent: durationText(worklog.timeSpentSeconds, settings),
    timeSpentSeconds: worklog.timeSpentSeconds,
    id: String(worklog.id),
    issueId: worklog.issueId,
    ...propertiesOf(call, worklog),
  }
}

function commentOf(call: Call, { comment }: Worklog) {
  if (call.version === 3) {
    const isEmpty = comment === undefined || comment === ''
    return isEmpty ? {} : { comment: isAdf(comment) ? comment : adfOf(comment) }
  }
  // Cloud leaves the key out where no comment was ever given; Data Center sends an empty text.
  if (comment === undefined && call.dialect === 'cloud') return {}
  return { comment: textOfComment(comment) }
}

function visibilityOf(call: Call, { visibility }: Worklog) {
  if (!visibility) return {}
  if (call.dialect === 'dc') return { visibility }
  const group =
    visibility.type === 'group' ? groupOf(call.world.state, visibility.value) : undefined
  return { visibility: { ...visibility, identifier: group?.id ?? visibility.value } }
}

function propertiesOf(call: Call, { properties }: Worklog) {
  const isAsked = (call.query.get('expand') ?? '').split(',').includes('properties')
  return isAsked && call.dialect === 'cloud' ? { properties } : {}
}

/** A group inside lists. */
export function groupBean(call: Call, group: Group) {
  return call.dialect === 'cloud' ? { name: group.name, groupId: group.id } : { name: group.name }
}

const units = { minute: 'm', hour: 'h', day: 'd', week: 'w' } as const

function durationSettings({ hoursPerDay, daysPerWeek, defaultUnit }: JiraSettings) {
  return { hoursPerDay, daysPerWeek, defaultUnit: units[defaultUnit] }
}

/** Seconds as a worklog shows them: `1d 2h`, whatever format the rest of this Jira is set to. */
export function durationText(seconds: number, settings: JiraSettings): string {
  return renderJiraDuration(seconds, durationSettings(settings))
}

/** Seconds of a typed duration; refuses the named field where Jira does not understand it. */
export function durationOf(text: unknown, field: string, settings: JiraSettings): number {
  try {
    return parseJiraDuration(String(text), durationSettings(settings))
  } catch {
    throw fieldRefusal(field, 'Invalid time duration entered.')
  }
}

/** Seconds as `timetracking` shows them, in the format this Jira is set to. */
export function trackingText(seconds: number, settings: JiraSettings): string {
  return renderJiraDuration(seconds, durationSettings(settings), settings.timeFormat)
}
