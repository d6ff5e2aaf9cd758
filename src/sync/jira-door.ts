import { DomainError } from '../domain/errors.ts'
import type { JiraLink, PersonCredential } from '../domain/jira-link.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import { type JiraApi, makeJiraApi } from './jira-api.ts'
import { makeAuthorizer } from './jira-auth.ts'
import { makeJiraClient } from './jira-client.ts'
import { makeJiraHttp, type TimeOuts } from './jira-http.ts'
import type { PacerNeeds } from './pacer.ts'
import type { SecretBox } from './secret-box.ts'

/** Opens the way to a link's Jira, as the link's own account or as a person. */
export type JiraDoor = {
  open(siteId: SiteId, link: JiraLink, signal?: AbortSignal): Promise<JiraApi>
  /** The same with a link that is kept nowhere. */
  openUnkept(siteId: SiteId, link: JiraLink): Promise<JiraApi>
  openAs(siteId: SiteId, link: JiraLink, credential: PersonCredential): Promise<JiraApi>
  seal(siteId: SiteId, secret: string, place: string): string
  unseal(siteId: SiteId, sealed: string, place: string): string
}

export type DoorNeeds = PacerNeeds & {
  readonly store: Pick<Store, 'links'>
  readonly box: () => SecretBox
  readonly allowsPrivate: boolean
  readonly userAgent: string
  readonly timeOuts?: TimeOuts
}

export function makeJiraDoor(needs: DoorNeeds): JiraDoor {
  const purpose = (siteId: SiteId, place: string) => `hourbook site ${siteId} ${place}`
  const { store, box } = needs

  type Way = {
    readonly link: JiraLink
    readonly auth: JiraLink['auth']
    readonly login: string | null
    readonly place: string
    readonly load: () => Promise<string | undefined>
    readonly save: (sealed: string) => Promise<void>
    readonly signal?: AbortSignal
  }

  function open(siteId: SiteId, way: Way): JiraApi {
    const { link } = way
    const allowsPrivate = needs.allowsPrivate || link.allowsPrivate
    const options = { allowsPrivate, ...(needs.timeOuts ? { timeOuts: needs.timeOuts } : {}) }
    const http = makeJiraHttp(link.baseUrl, options)
    const authorizer = makeAuthorizer({
      auth: way.auth,
      login: way.login,
      async loadSecret() {
        const sealed = await way.load()
        if (sealed === undefined) throw new DomainError('not-found', 'The credential was removed')
        return box().open(sealed, purpose(siteId, way.place))
      },
      saveSecret: (secret) => way.save(box().seal(secret, purpose(siteId, way.place))),
      async post(url, body) {
        const tokens = makeJiraHttp(new URL(url).origin, options)
        try {
          return await tokens.send({
            method: 'POST',
            path: new URL(url).pathname,
            headers: { 'content-type': 'application/json', accept: 'application/json' },
            body: JSON.stringify(body),
          })
        } finally {
          await tokens.close()
        }
      },
    })
    return makeJiraApi(
      makeJiraClient({
        ...needs,
        kind: link.kind,
        http,
        authorizer,
        ...(way.signal ? { signal: way.signal } : {}),
      }),
    )
  }

  return {
    seal: (siteId, secret, place) => box().seal(secret, purpose(siteId, place)),
    unseal: (siteId, sealed, place) => box().open(sealed, purpose(siteId, place)),
    async open(siteId, link, signal) {
      const { connectionId } = link
      return open(siteId, {
        link,
        auth: link.auth,
        login: link.login,
        place: linkPlace(connectionId),
        load: async () => (await store.links.find(siteId, connectionId))?.secret,
        save: (secret) => store.links.putSecret(siteId, connectionId, secret),
        ...(signal ? { signal } : {}),
      })
    },
    async openUnkept(siteId, link) {
      return open(siteId, {
        link,
        auth: link.auth,
        login: link.login,
        place: linkPlace(link.connectionId),
        load: async () => link.secret,
        save: async () => {},
      })
    },
    async openAs(siteId, link, credential) {
      const { connectionId, personId } = credential
      return open(siteId, {
        link,
        auth: credential.auth,
        login: credential.login,
        place: personPlace(connectionId, personId),
        load: async () =>
          (await store.links.findCredential(siteId, connectionId, personId))?.secret,
        save: (secret) => store.links.putCredential(siteId, { ...credential, secret }),
      })
    },
  }
}

/** Where a link's secret belongs: a sealed text opens in its own place only. */
export function linkPlace(connectionId: number): string {
  return `link ${connectionId}`
}

export function personPlace(connectionId: number, personId: string): string {
  return `link ${connectionId} person ${personId}`
}
