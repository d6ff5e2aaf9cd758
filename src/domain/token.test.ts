import { describe, expect, it } from 'vitest'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import { checkAdoptedSecret, checkTokenUsable, type Token, type TokenId } from './token.ts'

const token: Token = {
  id: '1' as TokenId,
  siteId: 1 as SiteId,
  personId: '1' as PersonId,
  name: 'nightly',
  hint: 'hb_a',
  scopes: ['read'],
  networks: [],
  createdAt: 0,
  expiresAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  revokedAt: null,
}

describe('a token', () => {
  it.each<[string, Partial<Token>, RegExp | undefined]>([
    ['without an end', {}, undefined],
    ['before its end', { expiresAt: 1_001 }, undefined],
    ['at its end', { expiresAt: 1_000 }, /expired/],
    ['after its end', { expiresAt: 999 }, /expired/],
    ['that was revoked', { revokedAt: 999 }, /revoked/],
    ['that will be revoked, by its record', { revokedAt: 5_000 }, /revoked/],
    ['that expired and was revoked', { revokedAt: 1, expiresAt: 1 }, /revoked/],
  ])('%s', (_, values, refusal) => {
    const check = () => checkTokenUsable({ ...token, ...values }, 1_000)
    if (!refusal) expect(check).not.toThrow()
    else
      expect(check).toThrow(
        expect.objectContaining({
          code: 'unauthenticated',
          message: expect.stringMatching(refusal),
        }),
      )
  })
})

describe('a value to adopt', () => {
  it.each(['x'.repeat(16), 'x'.repeat(4_096), '!~!~!~!~!~!~!~!~'])('may be %s', (secret) => {
    expect(() => checkAdoptedSecret(secret)).not.toThrow()
  })

  it.each([
    ['empty', ''],
    ['too short', 'x'.repeat(15)],
    ['too long', 'x'.repeat(4_097)],
    ['with a blank', 'xxxxxxxx xxxxxxxx'],
    ['with a line end', `${'x'.repeat(16)}\n`],
    ['beyond ASCII', 'ä'.repeat(16)],
  ])('may not be %s', (_, secret) => {
    expect(() => checkAdoptedSecret(secret)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: { problems: [expect.objectContaining({ field: 'value' })] },
      }),
    )
  })
})
