import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuditEntry,
  auditGenesis,
  auditText,
  canonicalJson,
  chainAudit,
  firstBrokenLink,
} from './audit.ts'
import type { SiteId } from './site.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const entryOf = (seq: number): AuditEntry => ({
  siteId: 1 as SiteId,
  seq,
  at: 1_772_452_800_000 + seq,
  actorId: '7',
  via: 'token 3',
  action: 'worklog.update',
  objectType: 'worklog',
  objectId: String(seq),
  before: { seconds: seq },
  after: { seconds: seq + 1 },
})

describe('canonicalJson', () => {
  it.each([
    [
      { b: 1, a: { d: [2, { f: 1, e: null }], c: 'x' } },
      '{"a":{"c":"x","d":[2,{"e":null,"f":1}]},"b":1}',
    ],
    [{ é: 1, z: 2, Z: 3, 10: 4, 9: 5 }, '{"10":4,"9":5,"Z":3,"z":2,"é":1}'],
    [{ gone: undefined, kept: null }, '{"kept":null}'],
    [[undefined, null], '[null,null]'],
    [undefined, 'null'],
    ['a"\u2028\n', JSON.stringify('a"\u2028\n')],
    [-0, '0'],
    [Number.NaN, 'null'],
    [[], '[]'],
    [{}, '{}'],
  ])('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('is the same whatever the order of keys, and reads back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })

  it('tells different values apart', () => {
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(same(a, b))
      }),
    )
  })
})

describe('the audit chain', () => {
  const chain = chainAudit(auditGenesis, [1, 2, 3, 4].map(entryOf), sha256)

  it('holds as it was made, from its start and from any link', () => {
    expect(firstBrokenLink(auditGenesis, chain, sha256)).toBeUndefined()
    expect(firstBrokenLink(chain[1]!.hash, chain.slice(2), sha256)).toBeUndefined()
    expect(firstBrokenLink(auditGenesis, [], sha256)).toBeUndefined()
    expect(chain[0]!.hash).toBe(sha256(auditText(auditGenesis, entryOf(1))))
  })

  it('depends on the start of the chain', () => {
    expect(firstBrokenLink('1'.repeat(64), chain, sha256)).toBe(1)
  })

  it.each<[keyof AuditEntry, unknown]>([
    ['siteId', 2],
    ['seq', 9],
    ['at', 0],
    ['actorId', null],
    ['via', 'cli'],
    ['action', 'worklog.create'],
    ['objectType', 'person'],
    ['objectId', '99'],
    ['before', null],
    ['after', { seconds: 0 }],
  ])('breaks where %s was changed', (field, value) => {
    const forged = chain.map((entry) => (entry.seq === 3 ? { ...entry, [field]: value } : entry))
    expect(firstBrokenLink(auditGenesis, forged, sha256)).toBe(field === 'seq' ? 9 : 3)
  })

  it('breaks behind an entry whose forger also renewed its hash', () => {
    const forged = chainAudit(chain[1]!.hash, [{ ...entryOf(3), after: 'forged' }], sha256)
    const rest = [chain[0]!, chain[1]!, ...forged, chain[3]!]
    expect(firstBrokenLink(auditGenesis, rest, sha256)).toBe(4)
  })

  it('breaks where an entry is missing, added or in another place', () => {
    const [one, two, three, four] = chain
    expect(firstBrokenLink(auditGenesis, [one!, three!, four!], sha256)).toBe(3)
    expect(firstBrokenLink(auditGenesis, [one!, three!, two!], sha256)).toBe(3)
    expect(firstBrokenLink(auditGenesis, [one!, one!, two!], sha256)).toBe(1)
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, item]) => [key, reversed(item)]))
}
