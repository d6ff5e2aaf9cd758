import { describe, expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import { aClock } from '../../test/clock.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { DomainError } from '../domain/errors.ts'
import type { Token } from '../domain/token.ts'
import { hashSecret, isAllowedFrom, isNetwork, isSameSecret, makeIdentity } from './identity.ts'

describe('isAllowedFrom', () => {
  it.each([
    ['no networks', [], '203.0.113.9', true],
    ['an address', ['10.1.2.3'], '10.1.2.3', true],
    ['another address', ['10.1.2.3'], '10.1.2.4', false],
    ['a network', ['10.0.0.0/8'], '10.255.0.1', true],
    ['outside a network', ['10.0.0.0/8'], '11.0.0.1', false],
    ['the last of a small network', ['192.0.2.128/25'], '192.0.2.255', true],
    ['before a small network', ['192.0.2.128/25'], '192.0.2.127', false],
    ['one of several', ['192.0.2.0/24', '10.0.0.0/8'], '10.0.0.1', true],
    ['an IPv4 address on a socket of both', ['10.0.0.0/8'], '::ffff:10.0.0.1', true],
    ['a foreign one on a socket of both', ['10.0.0.0/8'], '::ffff:11.0.0.1', false],
    ['a v6 network', ['2001:db8::/32'], '2001:db8:1::5', true],
    ['outside a v6 network', ['2001:db8::/32'], '2001:db9::5', false],
    ['a v6 address in another spelling', ['2001:db8::1'], '2001:0DB8:0:0::0001', true],
    ['v4 asked of a v6 network', ['2001:db8::/32'], '10.0.0.1', false],
    ['everything of v4', ['0.0.0.0/0'], '203.0.113.9', true],
    ['v6 asked of everything of v4', ['0.0.0.0/0'], '2001:db8::1', false],
    ['no address at all', ['10.0.0.0/8'], 'unknown', false],
  ])('%s', (_name, networks, address, expected) => {
    expect(isAllowedFrom(networks, address)).toBe(expected)
  })
})

describe('isNetwork', () => {
  it.each([
    ['10.0.0.1', true],
    ['10.0.0.0/8', true],
    ['::1', true],
    ['fd00::/8', true],
    ['10.0.0.0/33', false],
    ['fd00::/129', false],
    ['10.0.0.0/', false],
    ['10.0.0.0/8/8', false],
    ['10.0.0', false],
    ['office', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isNetwork(text)).toBe(expected)
  })
})

it('compares secrets of any length', () => {
  expect(isSameSecret('a', 'a')).toBe(true)
  expect(isSameSecret('a', 'ab')).toBe(false)
  expect(isSameSecret('', 'a')).toBe(false)
})

describe('makeIdentity', () => {
  withDatabase(openMemoryDatabase, (database) => {
    let secrets = 0

    async function aDoor() {
      const { store } = database()
      const site = await aSite(store)
      const clock = aClock()
      const person = await site.aPerson({ role: 'manager' })
      const identity = makeIdentity(store, clock.now)
      const secretFor = async (wish: Partial<Token> = {}) => {
        secrets += 1
        const secret = `the-secret-number-${secrets}`
        const token = await store.tokens.create({
          siteId: site.siteId,
          personId: person.id,
          name: 'test',
          hint: '',
          hash: hashSecret(secret),
          scopes: ['read'],
          networks: [],
          createdAt: clock.now(),
          expiresAt: null,
          ...wish,
        })
        return { secret, token }
      }
      const tryIt = async (secret: string, address = '192.0.2.1'): Promise<string> => {
        try {
          return (await identity.identify(secret, address)).personId
        } catch (error) {
          if (error instanceof DomainError) return `${error.code}: ${error.message}`
          throw error
        }
      }
      return { ...site, clock, person, identity, secretFor, tryIt }
    }

    it('finds who is asking, with role, scopes, groups and colleagues', async () => {
      const door = await aDoor()
      const mate = await door.aPerson()
      const [group] = await door.store.groups.create(door.siteId, ['board'])
      await door.store.groups.addMembers(door.siteId, [
        { groupId: group!.id, personId: door.person.id },
      ])
      const team = await door.store.teams.create(door.siteId, {
        name: 'T',
        leadId: door.person.id,
      })
      await door.store.teams.addMemberships(door.siteId, [
        { teamId: team, personId: mate.id, from: null, to: null, commitmentPercent: 100 },
      ])
      const { secret, token } = await door.secretFor()
      expect(await door.identity.identify(secret, '192.0.2.1')).toMatchObject({
        siteId: door.siteId,
        personId: door.person.id,
        role: 'manager',
        scopes: ['read'],
        groupNames: ['board'],
        ledIds: [mate.id],
        via: `token ${token.id}`,
      })
    })

    it('refuses what it does not know, what has expired, and a foreign network', async () => {
      const door = await aDoor()
      expect(await door.tryIt('nothing')).toMatch(/^unauthenticated: .*not known/)
      const short = await door.secretFor({ expiresAt: door.clock.now() + 60_000 })
      expect(await door.tryIt(short.secret)).toBe(door.person.id)
      door.clock.advance(60_000)
      expect(await door.tryIt(short.secret)).toMatch(/^unauthenticated: .*expired/)
      const near = await door.secretFor({ networks: ['10.0.0.0/8'] })
      expect(await door.tryIt(near.secret, '10.9.9.9')).toBe(door.person.id)
      expect(await door.tryIt(near.secret, '192.0.2.1')).toMatch(/may not be used from this/)
    })

    it('believes what it knows for a second at most', async () => {
      const door = await aDoor()
      const { secret, token } = await door.secretFor()
      expect(await door.tryIt(secret)).toBe(door.person.id)
      await door.store.tokens.revoke(door.siteId, token.id, door.clock.now())
      door.clock.advance(999)
      expect(await door.tryIt(secret)).toBe(door.person.id)
      door.clock.advance(1)
      expect(await door.tryIt(secret)).toMatch(/^unauthenticated: .*revoked/)
    })

    it('forgets at once when told to', async () => {
      const door = await aDoor()
      const { secret, token } = await door.secretFor()
      expect(await door.tryIt(secret)).toBe(door.person.id)
      await door.store.tokens.revoke(door.siteId, token.id, door.clock.now())
      door.identity.forget()
      expect(await door.tryIt(secret)).toMatch(/revoked/)
    })

    it('refuses the token of somebody who is not active any more', async () => {
      const door = await aDoor()
      const gone = await door.aPerson({ isActive: false })
      const { secret } = await door.secretFor({ personId: gone.id })
      expect(await door.tryIt(secret)).toMatch(/^unauthenticated: .*not active/)
    })

    it('loses patience with an address after 30 wrong tokens, and finds it again', async () => {
      const door = await aDoor()
      const { secret } = await door.secretFor()
      const known = await door.secretFor()
      expect(await door.tryIt(known.secret)).toBe(door.person.id)
      for (let at = 0; at < 30; at += 1)
        expect(await door.tryIt(`guess ${at}`)).toMatch(/is not known/)
      expect(await door.tryIt('guess 31')).toMatch(/wait a minute/)
      await expect(door.identity.identify(secret, '192.0.2.1')).rejects.toMatchObject({
        details: { retryAfterSeconds: 60 },
      })
      // Scripts of others behind the same address go on, and so do other addresses.
      expect(await door.tryIt(known.secret)).toBe(door.person.id)
      expect(await door.tryIt(secret, '192.0.2.2')).toBe(door.person.id)
      door.clock.advance(60_001)
      expect(await door.tryIt(secret)).toBe(door.person.id)
      expect(await door.tryIt('guess 32')).toMatch(/is not known/)
    })

    it('writes down who was used last, and from where', async () => {
      const door = await aDoor()
      const { secret, token } = await door.secretFor()
      await door.tryIt(secret, '192.0.2.7')
      door.clock.advance(5_000)
      await door.tryIt(secret, '192.0.2.8')
      await door.identity.flush()
      expect(await door.store.tokens.get(door.siteId, token.id)).toMatchObject({
        lastUsedAt: door.clock.now(),
        lastUsedFrom: '192.0.2.8',
      })
    })
  })
})
