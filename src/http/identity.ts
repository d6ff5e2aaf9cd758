import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import { DomainError } from '../domain/errors.ts'
import { groupRights } from '../domain/group.ts'
import type { Actor } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { Stores } from '../domain/store.ts'
import { checkTokenUsable, type Token, type TokenId } from '../domain/token.ts'
import { type Instant, localIn } from '../domain/zone.ts'

export type Identity = {
  /** Who stands behind a secret that came from `address`. Throws `unauthenticated`. */
  identify(secret: string, address: string): Promise<Actor>
  /** Forgets what it remembers, after tokens or people changed. */
  forget(): void
  /** Writes down when and from where tokens were used last. */
  flush(): Promise<void>
}

type Known = { readonly token: Token; readonly actor: Actor; readonly until: number }

/** How long a token, its owner's role, groups and teams are believed without asking again. */
const rememberMs = 1_000
const mostRemembered = 10_000
const mostFailures = 30
const failureWindowMs = 60_000

export function makeIdentity(
  stores: Pick<Stores, 'tokens' | 'people' | 'groups' | 'teams' | 'connections'>,
  now: () => Instant,
): Identity {
  const known = new Map<string, Known>()
  const uses = new Map<string, { siteId: SiteId; id: TokenId; at: Instant; from: string }>()
  const failures = new Map<string, { count: number; until: number }>()

  async function lookUp(hash: string): Promise<Known | undefined> {
    const remembered = known.get(hash)
    if (remembered && remembered.until > now()) return remembered
    const token = await stores.tokens.findByHash(hash)
    if (!token) return undefined
    const fresh = { token, actor: await actorOf(stores, token, now()), until: now() + rememberMs }
    if (known.size >= mostRemembered) known.clear()
    known.set(hash, fresh)
    return fresh
  }

  /** A guesser pays: after many wrong secrets an address is refused before anything is looked up. */
  function checkPatience(address: string): void {
    const failure = failures.get(address)
    if (!failure || failure.count < mostFailures || failure.until < now()) return
    throw new DomainError(
      'unauthenticated',
      'Too many wrong tokens from this address; wait a minute',
      {
        retryAfterSeconds: Math.ceil((failure.until - now()) / 1_000),
      },
    )
  }

  function noteFailure(address: string): void {
    const failure = failures.get(address)
    if (failures.size >= mostRemembered) failures.clear()
    if (failure && failure.until >= now()) failure.count += 1
    else failures.set(address, { count: 1, until: now() + failureWindowMs })
  }

  return {
    async identify(secret, address) {
      const hash = hashSecret(secret)
      if (!known.has(hash)) checkPatience(address)
      const found = await lookUp(hash)
      if (!found) {
        noteFailure(address)
        throw new DomainError('unauthenticated', 'The token is not known')
      }
      checkTokenUsable(found.token, now())
      if (!isAllowedFrom(found.token.networks, address))
        throw new DomainError('unauthenticated', 'The token may not be used from this address')
      const { siteId, id } = found.token
      uses.set(`${siteId} ${id}`, { siteId, id, at: now(), from: address })
      return found.actor
    },
    forget: () => known.clear(),
    async flush() {
      const noted = [...uses.values()]
      uses.clear()
      await stores.tokens.noteUse(noted)
    },
  }
}

/** SHA-256 of a secret, as stored: hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares without telling by its duration how much was right. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(a).digest(),
    createHash('sha256').update(b).digest(),
  )
}

/** Whether an address lies in one of the networks; no networks allow all. */
export function isAllowedFrom(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true
  const plain = plainAddress(address)
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  for (const network of networks) addNetwork(list, network)
  return isIP(plain) !== 0 && list.check(plain, family)
}

/** Whether a text is an address or a network in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32))
  )
}

function addNetwork(list: BlockList, network: string): void {
  const [address = '', prefix] = network.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (prefix === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(prefix), family)
}

/** IPv4 addresses arrive as ::ffff:192.0.2.1 on a socket that speaks both. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}

function actorOf(stores: ActorStores, { siteId, personId, scopes, id }: Token, at: Instant) {
  return actorFor(stores, { siteId, personId, scopes, via: `token ${id}` }, at)
}

type ActorStores = Pick<Stores, 'people' | 'groups' | 'teams' | 'connections'>

/** Somebody with what their role, groups and teams allow now. Throws where they are not active. */
export async function actorFor(
  stores: ActorStores,
  { siteId, personId, ...way }: Pick<Actor, 'siteId' | 'personId' | 'scopes' | 'via'>,
  at: Instant,
): Promise<Actor> {
  const person = await stores.people.get(siteId, personId)
  if (!person.isActive)
    throw new DomainError('unauthenticated', 'The owner of the token is not active')
  const today = localIn(person.timeZone ?? 'UTC', at).day
  const [sources, connections, colleagues] = await Promise.all([
    stores.groups.sourcesOf(siteId, person.id),
    stores.connections.list(siteId),
    stores.teams.colleagues(siteId, person.id, today),
  ])
  const rights = groupRights(
    sources,
    connections.map((connection) => connection.id),
  )
  return { siteId, personId: person.id, role: person.role, ...rights, ...colleagues, ...way }
}
