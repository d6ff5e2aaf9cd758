import { expect, it } from 'vitest'
import { aSite, day, type SiteBuilder } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import {
  type HandOverPart,
  type HandOverQuery,
  type HandOverRow,
  handOverParts,
} from '../domain/hand-over.ts'
import type { Store } from '../domain/store.ts'

const march = { from: day('2024-03-01'), to: day('2024-03-31') }
const everything: ReadonlySet<HandOverPart> = new Set(handOverParts)

export function handOversContract(database: () => TestDatabase): void {
  it('hands over every row with its names, by day and id', async () => {
    const { store } = database()
    const site = await aSite(store)
    const author = await site.aPerson({ username: 'ann', staffId: 'S-1' })
    const parent = await site.anIssue({ key: 'P-1', jiraId: '77', summary: 'Parent' })
    const issue = await site.anIssue({
      key: 'P-2',
      isSubtask: true,
      parentJiraId: '77',
      connectionId: parent.connectionId,
      components: ['Own'],
      fields: { customfield_10: { value: 'x' }, issuetype: { id: '5' } },
    })
    const [late, early] = await site.worklogs([
      { author, issue, day: '2024-03-09', comment: 'tab\tand\nline \\ "' },
      { author, issue, day: '2024-03-02' },
    ])
    await site.aWorklog({ author, day: '2024-04-01' })
    const rows = await rowsOf(store, site, {}, ['customfield_10', 'customfield_11'])
    expect(rows.map(({ id }) => id)).toEqual([early!.id, late!.id])
    expect(rows[1]).toMatchObject({
      comment: 'tab\tand\nline \\ "',
      staffId: 'S-1',
      parent: { key: 'P-1', summary: 'Parent' },
      activity: { kind: 'component', id: null, name: 'Own' },
      issue: { type: { id: '5' } },
      approval: { status: 'open', reviewer: null },
      customFields: { customfield_10: { value: 'x' } },
      external: undefined,
    })
    expect(await store.handOvers.findRow(site.siteId, late!.id)).toMatchObject({
      fingerprint: rows[1]!.fingerprint,
    })
  })

  it('gives the same content the same fingerprint, and other content another', async () => {
    const { store } = database()
    const site = await aSite(store)
    const worklog = await site.aWorklog({ day: '2024-03-05', timeSpentSeconds: 60, comment: 'a' })
    const now = async () => (await store.handOvers.findRow(site.siteId, worklog.id))?.fingerprint
    const first = await now()
    const changed = await site.changeWorklog(worklog, { comment: 'b' })
    expect(await now()).not.toBe(first)
    const back = await site.changeWorklog(changed, { comment: 'a' })
    expect(await now()).toBe(first)
    await site.changeWorklog(back, { billableSeconds: 1 })
    expect(await now()).toBe(first)
  })

  it('keeps what was answered, and tells a row that is gone once more', async () => {
    const { store } = database()
    const site = await aSite(store)
    const [kept, gone, unknown] = await site.worklogs(
      Array.from({ length: 3 }, () => ({ day: '2024-03-05' })),
    )
    for (const { id } of [kept!, gone!]) {
      const row = await store.handOvers.findRow(site.siteId, id)
      const result = {
        externalId: 'E-1',
        hours: '1.0',
        result: 'OK',
        at: 1_700_000_000_123,
        fingerprint: row!.fingerprint,
      }
      await store.write(site.siteId, (tx) => tx.handOvers.put(site.siteId, id, result))
      expect((await store.handOvers.findRow(site.siteId, id))?.external).toEqual(result)
    }
    await site.changeWorklog(gone!, { deletedAt: 1_700_000_000_000 })
    await site.changeWorklog(unknown!, { deletedAt: 1_700_000_000_000 })
    const wish = { isUnsettledOnly: true, withTombstones: true }
    expect(await rowsOf(store, site, wish)).toMatchObject([{ id: gone!.id, isGone: true }])
    expect(await store.handOvers.count(queryOf(site, wish))).toBe(1)
    expect(await rowsOf(store, site, {})).toMatchObject([{ id: kept!.id, isGone: false }])
    expect(await store.handOvers.findRow(site.siteId, unknown!.id)).toBeUndefined()
  })

  it('reads every row once, however many batches they fill', async () => {
    const { store } = database()
    const site = await aSite(store)
    const wishes = Array.from({ length: 4_500 }, (_, at) => ({ day: `2024-03-0${1 + (at % 9)}` }))
    const written = await site.worklogs(wishes)
    const rows = await rowsOf(store, site, {})
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(written.map(({ id }) => id)))
    expect(rows).toHaveLength(4_500)
    expect(await store.handOvers.count(queryOf(site, { isCompleteOnly: true }))).toBe(0)
  })

  it('keeps settings, and sites apart', async () => {
    const { store } = database()
    const [one, other] = [await aSite(store), await aSite(store)]
    const settings = {
      customFields: ['customfield_1'],
      showsStartTime: true,
      keepsTombstones: false,
      version: 3,
    }
    await store.write(one.siteId, (tx) => tx.handOvers.putSettings(one.siteId, settings))
    expect(await store.handOvers.getSettings(one.siteId)).toEqual(settings)
    expect(await store.handOvers.getSettings(other.siteId)).toMatchObject({ customFields: [] })
    const worklog = await one.aWorklog({ day: '2024-03-05' })
    expect(await store.handOvers.findRow(other.siteId, worklog.id)).toBeUndefined()
  })
}

function queryOf(site: SiteBuilder, wish: Partial<HandOverQuery>): HandOverQuery {
  return {
    siteId: site.siteId,
    period: march,
    isUnsettledOnly: false,
    isFaultyOnly: false,
    isCompleteOnly: false,
    withTombstones: false,
    ...wish,
  }
}

async function rowsOf(
  store: Store,
  site: SiteBuilder,
  wish: Partial<HandOverQuery>,
  customFields: readonly string[] = [],
): Promise<HandOverRow[]> {
  const rows: HandOverRow[] = []
  for await (const batch of store.handOvers.scan(queryOf(site, wish), everything, customFields))
    rows.push(...batch)
  return rows
}
