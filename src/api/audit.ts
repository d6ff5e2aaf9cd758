import type { FastifyInstance } from 'fastify'
import type { ChainedAuditEntry } from '../domain/audit.ts'
import { addDays, parseDay } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import { can } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import { formatInstant, instantOf } from '../domain/zone.ts'
import { AuditAnswer, type AuditEntryBody, AuditQuery, ref } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'

/** Who changed what, newest first: for administrators, as it shows what anybody's rows held. */
export function registerAudit(scope: FastifyInstance, { store }: ApiNeeds): void {
  scope.get<{ Querystring: AuditQuery }>(
    '/audit',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'listAudit',
        tag: 'Site',
        summary: 'Search the audit log',
        description: 'Newest first. Entries are chained by hashes: `GET /verify` proves the chain.',
        querystring: AuditQuery,
        answers: { 200: answer('A page', ref(AuditAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      if (!can(actor, 'administer', { type: 'site' }))
        throw new DomainError('forbidden', 'You may not read the audit log')
      const { from, to, person, type, object, action, cursor } = request.query
      const { timeZone } = await store.sites.get(actor.siteId)
      const startOf = (day: string, field: string, add = 0) =>
        instantOf(addDays(parseDay(day, field), add), '00:00', timeZone).instant
      const limit = limitOf(request.query)
      const { afterId } = parseIdCursor(cursor)
      const rows = await store.audit.search(actor.siteId, {
        ...(from === undefined ? {} : { from: startOf(from, 'from') }),
        ...(to === undefined ? {} : { before: startOf(to, 'to', 1) }),
        ...(person === undefined ? {} : { actorId: person }),
        ...(type === undefined ? {} : { objectType: type }),
        ...(object === undefined ? {} : { objectId: object }),
        ...(action === undefined ? {} : { verb: action }),
        ...(afterId === undefined ? {} : { beforeSeq: Number(afterId) }),
        limit: limit + 1,
      })
      const { page, next } = cutPage(rows, limit, ({ seq }) => renderIdCursor(String(seq)))
      return { entries: await render(actor.siteId, page), next }
    },
  )

  async function render(siteId: SiteId, entries: readonly ChainedAuditEntry[]) {
    const ids = [...new Set(entries.flatMap(({ actorId }) => actorId ?? []))] as PersonId[]
    const names = new Map<string, string>(
      (await store.people.getMany(siteId, ids)).map(({ id, displayName }) => [id, displayName]),
    )
    return entries.map((entry) => renderEntry(entry, names))
  }
}

function renderEntry(entry: ChainedAuditEntry, names: ReadonlyMap<string, string>): AuditEntryBody {
  const { actorId } = entry
  return {
    seq: entry.seq,
    at: formatInstant(entry.at),
    actor: actorId === null ? null : { id: actorId, displayName: names.get(actorId) ?? '' },
    via: entry.via,
    action: entry.action,
    objectType: entry.objectType,
    objectId: entry.objectId,
    before: entry.before ?? null,
    after: entry.after ?? null,
    hash: entry.hash,
  }
}
