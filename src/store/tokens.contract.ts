import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { NewToken, TokenId } from '../domain/token.ts'

let hashes = 0

function aToken(siteId: SiteId, personId: PersonId, wish: Partial<NewToken> = {}): NewToken {
  hashes += 1
  return {
    siteId,
    personId,
    name: 'nightly "export" \\',
    hint: 'hb_abcd',
    scopes: ['read', 'write'],
    networks: ['10.0.0.0/8', '2001:db8::/32', 'odd {},"\\ NULL', ''],
    createdAt: Date.UTC(2026, 2, 2, 12, 0, 0, 1),
    expiresAt: null,
    hash: `${hashes}`.padStart(64, 'a'),
    ...wish,
  }
}

export function tokensContract(database: () => TestDatabase): void {
  it('keeps a token and finds it by its hash', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const { hash, ...wanted } = aToken(siteId, person.id, { expiresAt: 5, scopes: [] })
    const token = await store.tokens.create({ ...wanted, hash })
    expect(token).toEqual({
      ...wanted,
      id: token.id,
      lastUsedAt: null,
      lastUsedFrom: null,
      revokedAt: null,
    })
    expect(await store.tokens.findByHash(hash)).toEqual(token)
    expect(await store.tokens.get(siteId, token.id)).toEqual(token)
    expect(await store.tokens.list(siteId)).toEqual([token])
    expect(await store.tokens.findByHash('b'.repeat(64))).toBeUndefined()
    expect(JSON.stringify(token)).not.toContain(hash)
  })

  it('refuses one value twice on a site', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const token = aToken(siteId, person.id)
    await store.tokens.create(token)
    await expect(store.tokens.create({ ...token, name: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('revokes once and for all, and notes the last uses in one go', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const [a, b] = [
      await store.tokens.create(aToken(siteId, person.id)),
      await store.tokens.create(aToken(siteId, person.id)),
    ]
    await store.tokens.noteUse([
      { siteId, id: a.id, at: 1_000, from: '10.1.2.3' },
      { siteId, id: b.id, at: 2_000, from: '::1' },
    ])
    await store.tokens.noteUse([])
    await store.tokens.revoke(siteId, a.id, 3_000)
    await store.tokens.revoke(siteId, a.id, 4_000)
    await store.tokens.revoke(siteId, 'no number' as TokenId, 4_000)
    expect(await store.tokens.list(siteId)).toMatchObject([
      { id: a.id, lastUsedAt: 1_000, lastUsedFrom: '10.1.2.3', revokedAt: 3_000 },
      { id: b.id, lastUsedAt: 2_000, lastUsedFrom: '::1', revokedAt: null },
    ])
  })

  it('keeps the tokens of sites apart, but finds a usable one by its value alone', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const shared = aToken(here.siteId, (await here.aPerson()).id)
    const mine = await store.tokens.create(shared)
    const theirs = await store.tokens.create({
      ...shared,
      siteId: there.siteId,
      personId: (await there.aPerson()).id,
    })
    for (const id of [theirs.id, 'x', ''] as TokenId[])
      await expect(store.tokens.get(here.siteId, id)).rejects.toMatchObject({ code: 'not-found' })
    await store.tokens.revoke(here.siteId, theirs.id, 1)
    await store.tokens.noteUse([{ siteId: here.siteId, id: theirs.id, at: 1, from: 'x' }])
    expect(await store.tokens.get(there.siteId, theirs.id)).toEqual(theirs)
    expect(await store.tokens.list(here.siteId)).toEqual([mine])
    await store.tokens.revoke(here.siteId, mine.id, 1)
    expect((await store.tokens.findByHash(shared.hash))?.id).toBe(theirs.id)
  })

  it('remembers outcomes per owner and key, and forgets the old ones', async () => {
    const { store } = database()
    const [{ siteId }, other] = [await aSite(store), await aSite(store)]
    const outcome = [{ ok: true, text: 'it\'s "x" \\ 👩‍💻', list: [1.5, null], z: 1, a: 2 }]
    const keep = (owner: string, key: string, at: number) =>
      store.idempotency.keep(siteId, { owner, key, requestHash: 'h', outcome, at })
    await keep('1', 'k', 1_000)
    await keep('1', 'l', 2_000)
    await keep('2', 'k', 2_000)
    await expect(keep('1', 'k', 3_000)).rejects.toThrow(/duplicate key/)
    expect(await store.idempotency.find(siteId, '1', 'k')).toEqual({ requestHash: 'h', outcome })
    expect(await store.idempotency.find(siteId, '2', 'l')).toBeUndefined()
    expect(await store.idempotency.find(other.siteId, '1', 'k')).toBeUndefined()
    await store.idempotency.forgetBefore(other.siteId, 9_000)
    await store.idempotency.forgetBefore(siteId, 2_000)
    expect(await store.idempotency.find(siteId, '1', 'k')).toBeUndefined()
    expect(await store.idempotency.find(siteId, '1', 'l')).toBeDefined()
  })
}
