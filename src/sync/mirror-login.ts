import { DomainError } from '../domain/errors.ts'
import type { JiraLink } from '../domain/jira-link.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { Worklog } from '../domain/worklog.ts'
import type { JiraApi } from './jira-api.ts'
import type { JiraDoor } from './jira-door.ts'
import { type AuthorNames, asRefusal } from './mirror-jira.ts'

/** Opens the Jira as whoever the row shall belong to there. */
export async function openFor(
  { store, door }: { readonly store: Store; readonly door: JiraDoor },
  siteId: SiteId,
  link: JiraLink,
  wanted: Worklog,
): Promise<{ api: JiraApi; authors: AuthorNames }> {
  if (link.writesAs === 'nobody')
    throw new DomainError('forbidden', 'This Jira is read only: nothing is written to it')
  if (link.writesAs === 'service') {
    const api = await door.open(siteId, link)
    const me = await api.myself().catch((error: unknown) => {
      throw asRefusal(error)
    })
    return { api, authors: [me.accountId, me.key, me.username].flatMap((name) => name ?? []) }
  }
  const { connectionId } = link
  const credential = await store.links.findCredential(siteId, connectionId, wanted.authorId)
  if (!credential)
    throw new DomainError(
      'forbidden',
      'A Jira books time only for whoever logs in: the author has not left a token for it here',
      { reason: 'no-credential' },
    )
  const person = await store.people.get(siteId, wanted.authorId)
  const { accountId, key, username } = person
  return {
    api: await door.openAs(siteId, link, credential),
    authors: [accountId, key, username].flatMap((name) => name ?? []),
  }
}
