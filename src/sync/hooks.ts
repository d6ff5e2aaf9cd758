import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Connections } from '../domain/connections.ts'
import { checkMay } from '../domain/directory-checks.ts'
import { DomainError } from '../domain/errors.ts'
import type { ReceiveHook } from '../domain/hooks.ts'
import type { Actor } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { Hint } from '../domain/sync-state.ts'
import type { Instant } from '../domain/zone.ts'
import { idOf, recordOf, textOf } from '../jira/read-json.ts'
import type { JiraDoor } from './jira-door.ts'

export type HookNeeds = {
  readonly store: Store
  readonly connections: Connections
  readonly door: JiraDoor
  readonly now: () => Instant
  readonly siteId: SiteId
  /** Told that a connection has something new: the sooner it is read the better. */
  readonly onHint: (connection: string) => void
}

export type HookSecret = { readonly token: string; readonly signingSecret: string }

/** Deliveries of Jira's webhooks: they only say where to look, the reading is the sync's. */
export function makeHooks({ store, connections, door, now, siteId, onHint }: HookNeeds) {
  const placeOf = (id: number) => `link ${id} hook`

  const receive: ReceiveHook = async (delivery) => {
    const found = await connections.find(siteId, delivery.connection).catch(() => undefined)
    const sealed = found?.link.hookSecret
    if (!found || !sealed) throw unknown()
    const { id } = found.connection
    const { token, signingSecret } = JSON.parse(
      door.unseal(siteId, sealed, placeOf(id)),
    ) as HookSecret
    if (!isSame(token, delivery.token)) throw unknown()
    // Data Center cannot sign; whoever does must do it right.
    if (delivery.signature !== undefined) {
      const hash = createHmac('sha256', signingSecret).update(delivery.body).digest('hex')
      if (!isSame(`sha256=${hash}`, delivery.signature)) throw unknown()
    }
    const hints = readHints(delivery.body)
    if (delivery.identifier !== undefined) {
      const name = delivery.identifier.slice(0, 200)
      if (!(await store.sync.noteDelivery(siteId, id, name, now()))) return
    }
    if (hints.length === 0) return
    await store.sync.addHints(siteId, id, hints, now())
    onHint(found.connection.name)
  }

  return {
    receive,
    /** Makes new secrets for a connection's webhook; the old address stops working. */
    async open(actor: Actor, name: string): Promise<HookSecret> {
      checkMay(actor, 'administer', { type: 'site' }, 'administer connections')
      const { connection } = await connections.find(siteId, name)
      const secret = {
        token: randomBytes(24).toString('base64url'),
        signingSecret: randomBytes(24).toString('base64url'),
      }
      const hookSecret = door.seal(siteId, JSON.stringify(secret), placeOf(connection.id))
      await store.links.putHookSecret(siteId, connection.id, hookSecret)
      return secret
    },
  }
}

/** Ids of worklogs and issues that an event is about; nothing else of it is believed. */
function readHints(body: Uint8Array): Hint[] {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new DomainError('invalid', 'The delivery is not JSON')
  }
  const event = recordOf(json)
  const worklog = idOf(recordOf(event.worklog).id)
  const issue = idOf(recordOf(event.issue).id)
  const name = textOf(event.webhookEvent) ?? ''
  const hints: Hint[] = []
  if (worklog !== undefined) hints.push({ kind: 'worklog', jiraId: worklog })
  if (issue !== undefined && name.startsWith('jira:')) hints.push({ kind: 'issue', jiraId: issue })
  return hints
}

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}

function unknown(): DomainError {
  return new DomainError('unauthenticated', 'This address takes no such deliveries')
}
