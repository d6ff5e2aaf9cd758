import { ingestCatalogue } from './ingest-catalogue.ts'
import { ingestGroups } from './ingest-groups.ts'
import { ingestIssues } from './ingest-issues.ts'
import { resolvePeople } from './ingest-people.ts'
import { type IngestCounts, type LiveReading, noCounts, type SourceBatch } from './ingest-source.ts'
import { ingestWorklogs } from './ingest-worklogs.ts'
import { sourceName } from './jira-link.ts'
import type { Connection, SiteId } from './site.ts'
import type { Store, Writing } from './store.ts'
import type { Instant } from './zone.ts'

export type Ingest = {
  /** The connection of a source, made on its first appearance. */
  connect(siteId: SiteId, name: string, baseUrl: string | null): Promise<Connection>
  /**
   * Takes in what a Jira or an export shows, in one transaction. Idempotent; never deletes; never
   * overwrites newer with older, nor anything in locked days (that becomes drift).
   */
  take(
    siteId: SiteId,
    connection: Connection,
    batch: SourceBatch,
    options?: TakeOptions,
  ): Promise<IngestCounts>
  /** After the last batch: census of announced against held worklogs, statistics refreshed. */
  finish(siteId: SiteId, connection: Connection): Promise<void>
}

export type TakeOptions = {
  readonly live?: LiveReading
  /** Written in the same transaction, after the batch: a cursor, for one. */
  readonly alongside?: (tx: Writing) => Promise<void>
}

export type IngestNeeds = {
  readonly store: Store
  readonly now: () => Instant
  /** A stable account id for somebody whose source has none, from a text that names them. */
  readonly accountIdFor: (seed: string) => string
}

export function makeIngest({ store, now, accountIdFor }: IngestNeeds): Ingest {
  return {
    async connect(siteId, name, baseUrl) {
      const known =
        (await store.connections.findByName(siteId, name)) ??
        (await store.connections.list(siteId)).find(
          (one) => one.baseUrl !== null && sourceName(one.baseUrl) === name,
        )
      if (known) return known
      return store.write(
        siteId,
        async (tx) =>
          (await tx.connections.findByName(siteId, name)) ??
          (await tx.connections.create(siteId, { name, baseUrl })),
      )
    },
    take(siteId, connection, batch, { live, alongside } = {}) {
      return store.write(siteId, async (tx) => {
        const counts = noCounts()
        const at = now()
        const context = { tx, siteId, connection, counts, at, ...(live ? { live } : {}) }
        const personIdOf = await resolvePeople(context, batch, accountIdFor)
        const issueOf = await ingestIssues(context, batch, personIdOf)
        await ingestWorklogs(context, batch, personIdOf, issueOf)
        await ingestGroups(context, personIdOf)
        await ingestCatalogue(context, batch, personIdOf)
        if (changesAnything(counts))
          tx.note({
            at,
            actorId: null,
            via: `connection ${connection.name}`,
            action: 'connection.take',
            objectType: 'connection',
            objectId: String(connection.id),
            before: null,
            after: counts,
          })
        await alongside?.(tx)
        return counts
      })
    },
    async finish(siteId, connection) {
      await store.maintain()
      await store.connections.takeCensus(siteId, connection.id, now())
    },
  }
}

function changesAnything(counts: IngestCounts): boolean {
  const { issues, worklogs, people, projects, catalogue } = counts
  return (
    issues.new +
      issues.changed +
      worklogs.new +
      worklogs.changed +
      worklogs.drift +
      people.new +
      people.changed +
      projects.new +
      projects.changed +
      catalogue >
    0
  )
}
