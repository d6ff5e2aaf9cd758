import type { GroupId } from './group.ts'
import type { PersonIdOf } from './ingest-people.ts'
import type { IngestContext } from './ingest-source.ts'
import type { SiteId } from './site.ts'
import type { Writing } from './store.ts'

/** Makes the members of groups what their Jira lists: a group decides who sees a worklog. */
export async function ingestGroups(
  { tx, siteId, connection, counts, at, live }: IngestContext,
  personIdOf: PersonIdOf,
): Promise<void> {
  const groups = live?.groups ?? []
  if (groups.length === 0) return
  const ids = await groupIds(
    tx,
    siteId,
    groups.map((group) => group.name),
  )
  for (const { name, members } of groups) {
    const id = ids.get(name)!
    const people = [...new Set(members.map(personIdOf))]
    const { added, removed } = await tx.groups.replaceMembers(siteId, id, connection.id, people)
    if (added.length + removed.length === 0) continue
    counts.members += added.length + removed.length
    tx.takeVersions(1)
    tx.note({
      at,
      actorId: null,
      via: `connection ${connection.name}`,
      action: 'group.members',
      objectType: 'group',
      objectId: id,
      before: null,
      after: { name, added, removed },
    })
  }
}

/** Ids of groups by their names; those nobody knew yet are made. */
export async function groupIds(
  tx: Writing,
  siteId: SiteId,
  names: readonly string[],
): Promise<ReadonlyMap<string, GroupId>> {
  const wanted = [...new Set(names)]
  const known = await tx.groups.findByNames(siteId, wanted)
  const missing = wanted.filter((name) => !known.some((group) => group.name === name))
  const groups = [...known, ...(await tx.groups.create(siteId, missing))]
  return new Map(groups.map((group) => [group.name, group.id]))
}
