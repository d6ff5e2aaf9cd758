import type { Intent } from '../domain/mirror.ts'
import { type AuthorNames, findLanded } from './mirror-jira.ts'
import { storeLanded, storeRemoved } from './mirror-store.ts'
import type { Reading } from './reading.ts'

/** For so long nobody else touches an intent that is being settled. */
const settlingMs = 120_000

/**
 * Finds out what became of writes whose sender died or never got an answer: what landed is stored
 * with all we know of it, what did not is undone. Nothing is sent again, for nobody waits for it.
 */
export async function settleIntents(reading: Reading): Promise<void> {
  const { store, siteId, connection, now } = reading
  const open = await store.mirror.listOpen(siteId, connection.id)
  // Not while its sender gives signs of life.
  for (const intent of open)
    if (await store.mirror.takeOver(siteId, intent.uid, now(), now() + settlingMs))
      await settle(reading, intent)
}

async function settle(reading: Reading, intent: Intent): Promise<void> {
  const { api, store, siteId, link, now } = reading
  const isByService = link.writesAs === 'service'
  const ended = { intent, via: 'settled after a crash', actorId: null, at: now() }
  const undo = (error: string) =>
    store.mirror.finish(siteId, intent.uid, {
      state: 'undone',
      jiraId: intent.jiraId,
      error,
      at: now(),
    })
  if (intent.kind === 'log') {
    const authors = await authorsOf(reading, intent, isByService)
    const row = await findLanded(api, intent, authors, (ids) =>
      store.mirror.findLinked(siteId, intent.connectionId, ids),
    )
    if (row) await storeLanded(store, siteId, { ...ended, row, isByService })
    else await undo('did not reach Jira')
    return
  }
  const row = await api.worklog(intent.issueJiraId, intent.jiraId!)
  if (intent.kind === 'remove') {
    if (row) await undo('Jira still has the row')
    else await storeRemoved(store, siteId, ended)
    return
  }
  if (row) await storeLanded(store, siteId, { ...ended, row, isByService })
  else await undo('Jira no longer has the row')
}

async function authorsOf(
  { api, store, siteId }: Reading,
  { personId }: Intent,
  isByService: boolean,
): Promise<AuthorNames> {
  const { accountId, key, username } = isByService
    ? await api.myself()
    : await store.people.get(siteId, personId)
  return [accountId, key, username].flatMap((name) => name ?? [])
}
