import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import { auditGenesis, firstBrokenLink, type NewAuditEntry } from '../domain/audit.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const entry: NewAuditEntry = {
  at: Date.UTC(2026, 2, 2, 12, 0, 0, 3),
  actorId: '7',
  via: '12',
  action: 'worklog.update',
  objectType: 'worklog',
  objectId: '1',
  before: null,
  after: null,
}

export function auditContract(database: () => TestDatabase): void {
  it('numbers entries without a hole and chains them over transactions', async () => {
    const { store } = database()
    const { siteId } = await aSite(store)
    const notes: NewAuditEntry[] = [
      entry,
      { ...entry, actorId: null, before: { b: 1, a: [1.5, -0, 1e21, '\u2028"\\👩‍💻'] } },
      { ...entry, after: { z: null, y: undefined, n: 9_007_199_254_740_991, k: { б: true } } },
      { ...entry, before: 'text', after: 0 },
      { ...entry, before: false, after: [] },
    ]
    for (const note of notes) await store.write(siteId, async (tx) => tx.note(note))
    await store.write(siteId, async (tx) => notes.forEach(tx.note))
    const entries = await store.audit.list(siteId, 1, 100)
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(entries[2]).toMatchObject({ ...notes[2], after: { z: null, k: { б: true } }, siteId })
    expect(firstBrokenLink(auditGenesis, entries, sha256)).toBeUndefined()
    const [fourth, ...rest] = await store.audit.list(siteId, 4, 3)
    expect([fourth, ...rest].map((one) => one?.seq)).toEqual([4, 5, 6])
    expect(firstBrokenLink(entries[2]!.hash, [fourth!, ...rest], sha256)).toBeUndefined()
  })

  it.each([
    ['a changed value', sql`update audit set after = '{"seconds": 1}'`, 3],
    ['a changed actor', sql`update audit set actor_id = 8`, 3],
    ['a changed moment', sql`update audit set at = at + interval '1 millisecond'`, 3],
    ['a removed entry', sql`delete from audit`, 4],
  ])('names the first broken link after %s', async (_, tampering, broken) => {
    const { store, engine } = database()
    const { siteId } = await aSite(store)
    await store.write(siteId, async (tx) => {
      for (let at = 0; at < 5; at += 1) tx.note({ ...entry, after: { seconds: at } })
    })
    await sql`${tampering} where site_id = ${siteId} and seq = 3`.execute(engine.db)
    const entries = await store.audit.list(siteId, 1, 100)
    expect(firstBrokenLink(auditGenesis, entries, sha256)).toBe(broken)
  })

  it('keeps a chain of its own for each site, whoever writes at the same time', async () => {
    const { store } = database()
    const sites = [await aSite(store), await aSite(store)]
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        store.write(sites[at % 2]!.siteId, async (tx) => tx.note({ ...entry, objectId: `${at}` })),
      ),
    )
    for (const { siteId } of sites) {
      const entries = await store.audit.list(siteId, 1, 100)
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
      expect(firstBrokenLink(auditGenesis, entries, sha256)).toBeUndefined()
    }
  })
}
