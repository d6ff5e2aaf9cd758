import type { AuditEntry } from '../../domain/audit.ts'
import type { IssueId } from '../../domain/issue.ts'
import { can } from '../../domain/permission.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Instant } from '../../domain/zone.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { renderCursor } from './cursor.ts'
import { forbiddenMessage, TempoError } from './errors.ts'
import { pagedByToken, tokenRange } from './lists.ts'
import type { Operations } from './operations.ts'
import { toUpdatedFrom } from './query.ts'
import { renderMoment } from './render.ts'
import { findAuthor } from './worklogs-body.ts'

/** Who changed what, version 4 only: section 7.2 of the contract. */
export function papertrail({ face, search }: Operations): void {
  if (face.version === 4) search('/papertrail/search', find)
}

const verbs = { Created: 'create', Deleted: 'delete', Updated: 'update', Synced: 'sync' } as const
type Action = keyof typeof verbs
const actions = Object.keys(verbs) as Action[]

/** Their names of what we call otherwise; the rest differs by its dashes at most. */
const entityTypes: Readonly<Record<string, string>> = {
  attribute: 'workattribute',
  plan: 'allocation',
  schedule: 'workload',
  'permission-role': 'permissiongroup',
  rules: 'globalconfiguration',
}

async function find(call: Call): Promise<object> {
  const { actor, needs } = call
  if (!can(actor, 'administer', { type: 'site' })) throw new TempoError(403, forbiddenMessage)
  const fields = fieldsOf(call.body)
  const from = momentIn(fields.text('from'))
  if (from === undefined) fields.wrong("'from' is missing")
  const to = momentIn(fields.text('to'))
  const wanted = fields.texts('action') ?? []
  const chosen = wanted.flatMap((name) => actions.find((one) => one === name) ?? [])
  if (chosen.length < wanted.length) fields.wrong(`'action' must be of ${actions.join(', ')}`)
  const types = fields.texts('entityType') ?? []
  const authors = await peopleIn(call, fields.texts('author'))
  const workers = await peopleIn(call, fields.texts('worker'))
  fields.check()
  const { limit, after } = tokenRange(call, 100, 1_000)
  const entries = await needs.store.audit.find(actor.siteId, {
    from: from ?? 0,
    limit: limit + 1,
    ...(to === undefined ? {} : { to }),
    ...(chosen.length > 0 ? { verbs: chosen.map((action) => verbs[action]) } : {}),
    ...(types.length > 0 ? { objectTypes: types.map(objectTypeOf) } : {}),
    ...(authors ? { actorIds: authors } : {}),
    ...(workers ? { authorIds: workers } : {}),
    ...(after ? { after: { at: after.at, seq: Number(after.id) } } : {}),
  })
  const page = entries.slice(0, limit)
  const last = page.at(-1)
  const next = entries.length > limit && last ? renderCursor(last.at, last.seq) : undefined
  return pagedByToken(call, limit, next, await renderAll(call, page))
}

function momentIn(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : toUpdatedFrom(text)
}

async function peopleIn(
  call: Call,
  accountIds: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  if (!accountIds || accountIds.length === 0) return undefined
  const people = await Promise.all(accountIds.map((id) => findAuthor(call, id)))
  return people.flatMap((person) => person?.id ?? [])
}

/** Ours by theirs: the dashes of a name are gone in theirs. */
function objectTypeOf(entityType: string): string {
  const own = Object.entries(entityTypes).find(([, theirs]) => theirs === entityType)
  if (own) return own[0]
  return dashed[entityType] ?? entityType
}

const dashed: Readonly<Record<string, string>> = {
  accountcategory: 'account-category',
  accountlink: 'account-link',
  teammembership: 'team-membership',
  teamlink: 'team-link',
  holidayscheme: 'holiday-scheme',
}

async function renderAll(call: Call, entries: readonly AuditEntry[]): Promise<object[]> {
  const { store } = call.needs
  const { siteId } = call.actor
  const issueIds = entries.flatMap((entry) => textIn(entry, 'issueId') ?? []) as IssueId[]
  const issues = await store.issues.getMany(siteId, [...new Set(issueIds)])
  const jiraIds = new Map(issues.map(({ id, jiraId }) => [id as string, jiraId]))
  const ids = entries.flatMap((entry) => [entry.actorId ?? [], textIn(entry, 'authorId') ?? []])
  const people = await store.people.getMany(siteId, [...new Set(ids.flat())] as PersonId[])
  const accountIds = new Map(people.map(({ id, accountId }) => [id as string, accountId]))
  return entries.map((entry) => {
    const worker = accountIds.get(textIn(entry, 'authorId') ?? '')
    return {
      timestamp: renderMoment(entry.at),
      action: actionOf(entry),
      entityType: entityTypes[entry.objectType] ?? entry.objectType.replaceAll('-', ''),
      entityId: entry.objectId,
      parentId: jiraIds.get(textIn(entry, 'issueId') ?? '') ?? '',
      author: accountIds.get(entry.actorId ?? '') ?? '',
      ...(worker === undefined ? {} : { worker }),
      changes: changesOf(entry),
    }
  })
}

function actionOf({ action }: AuditEntry): Action {
  const verb = action.split('.').at(-1)
  return actions.find((one) => verbs[one] === verb) ?? 'Updated'
}

/** A value of the row as it was last; only worklogs have an issue and an author. */
function textIn({ objectType, before, after }: AuditEntry, field: string): string | undefined {
  if (objectType !== 'worklog') return undefined
  const value = ((after ?? before) as Record<string, unknown> | null)?.[field]
  return typeof value === 'string' ? value : undefined
}

function changesOf({ before, after }: AuditEntry): object[] {
  const [old, now] = [before, after].map((one) => (one ?? {}) as Record<string, unknown>)
  const all = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])
  const fields = [...all].filter((field) => !/^(createdV|v)ersion$/.test(field)).sort()
  return fields.flatMap((field) => {
    const [previous, next] = [shown(old?.[field]), shown(now?.[field])]
    return previous === next ? [] : [{ field, previous, new: next }]
  })
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
