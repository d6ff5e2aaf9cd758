import type { SourceGroup } from '../domain/ingest-source.ts'
import { type GroupRef, unlessRefused } from './jira-catalogue.ts'
import type { Reading } from './reading.ts'

const membersPerPage = 1_000
/** For so long we go on believing memberships that nobody confirms any more. */
const trustMs = 7 * 86_400_000

/**
 * Reads who is in which group: all groups, or only those that keep worklogs from others, which
 * cannot wait a day for somebody to be taken out. Members Jira no longer lists are out; a group that
 * was refused or changed while it was read takes nobody out.
 */
export async function takeGroups(reading: Reading, which: 'all' | 'restricting'): Promise<void> {
  const { store, siteId, connection, now } = reading
  const { catalogue } = reading.api
  const held = new Set(await store.groups.namesBySource(siteId, connection.id))
  const restricting = await store.groups.namesRestricting(siteId, connection.id)
  const listed = which === 'all' ? await unlessRefused(catalogue.groups()) : []
  const wanted = new Map<string, GroupRef>()
  // Not listed is no evidence: a list may be cut. They are asked for by name.
  for (const name of which === 'all' ? [...held, ...restricting] : restricting)
    wanted.set(name, { name })
  for (const group of listed ?? []) wanted.set(group.name, group)

  const refused: string[] = []
  let [page, members]: [SourceGroup[], number] = [[], 0]
  const flush = async () => {
    const [groups, sinceVersion] = [page, await reading.version()]
    ;[page, members] = [[], 0]
    if (groups.length > 0) await reading.commit({ step: 'catalogue', groups, sinceVersion })
  }
  for (const group of wanted.values()) {
    const found = await readGroup(reading, group)
    if (found === 'refused') refused.push(group.name)
    else if (found?.isWhole) page.push({ name: group.name, members: found.people })
    else if (!found && held.has(group.name)) page.push({ name: group.name, members: [] })
    members += found && found !== 'refused' ? found.people.length : 0
    if (members >= membersPerPage) await flush()
  }
  await flush()
  if (listed === undefined || refused.length > 0)
    return noteRefused(
      reading,
      refused.filter((name) => held.has(name)),
    )
  await reading.commit({
    step: 'catalogue',
    sinceVersion: await reading.version(),
    state: {
      groupsCheckedAt: now(),
      ...(which === 'all' ? { groupsAt: now(), groupsTrouble: null } : {}),
    },
  })
}

async function readGroup({ api }: Reading, group: GroupRef) {
  const asked = async () => {
    const found = await api.catalogue.members(group)
    // Once more where it changed under our eyes; the next hour sees to the rest.
    return !found || found.isWhole ? { found } : { found: await api.catalogue.members(group) }
  }
  const answer = await unlessRefused(asked())
  return answer ? answer.found : 'refused'
}

/** Whoever may not be asked for confirms nothing: after a week their word is worth nothing. */
async function noteRefused(reading: Reading, unconfirmed: readonly string[]): Promise<void> {
  const { siteId, connection, now } = reading
  const { groupsAt, groupsTrouble } = reading.state()
  const isStale = unconfirmed.length > 0 && (groupsAt === null || groupsAt + trustMs <= now())
  const message = isStale
    ? 'Jira has not let this account read some groups for a week, so nobody counts as their member any more: worklogs restricted to them are shown to their authors and to administrators alone'
    : 'Jira does not let this account read all groups and their members: whoever was a member last counts as one for a week, then nobody; give it "Administer Jira" (Cloud: "Browse users and groups")'
  await reading.commit({
    step: 'catalogue',
    sinceVersion: await reading.version(),
    ...(isStale ? { groups: unconfirmed.map((name) => ({ name, members: [] })) } : {}),
    state: { groupsCheckedAt: now(), groupsTrouble: message },
    async alongside(tx) {
      if (message === groupsTrouble) return
      const incident = { connectionId: connection.id, kind: 'groups-unreadable', message }
      await tx.sync.noteIncident(siteId, { ...incident, details: {}, at: now() })
    },
  })
}
