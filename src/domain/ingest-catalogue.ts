import type { PersonIdOf } from './ingest-people.ts'
import type { IngestContext, SourceBatch } from './ingest-source.ts'

/** Stores the saved filters and field definitions of a batch. */
export async function ingestCatalogue(
  { tx, siteId, connection, counts }: IngestContext,
  batch: SourceBatch,
  personIdOf: PersonIdOf,
): Promise<void> {
  counts.catalogue += await tx.catalogue.putFilters(
    siteId,
    batch.filters.map((filter) => ({
      connectionId: connection.id,
      jiraId: filter.id,
      name: filter.name,
      jql: filter.jql,
      description: filter.description ?? null,
      ownerId: filter.owner ? personIdOf(filter.owner) : null,
      isFavourite: filter.isFavourite,
    })),
  )
  counts.catalogue += await tx.catalogue.putFields(
    siteId,
    batch.fields.map((field) => ({
      connectionId: connection.id,
      id: field.id,
      name: field.name,
      isCustom: field.isCustom,
      type: field.type ?? null,
      clauseNames: field.clauseNames,
    })),
  )
}
