import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTempoWorld, type TempoWorld } from './world.contract.ts'

type Row = { readonly tempoWorklogId: number }
type Page = {
  readonly metadata: { readonly count: number; readonly next?: string; readonly previous?: string }
  readonly results: readonly Row[]
}

let world: TempoWorld
beforeAll(async () => {
  world = await aTempoWorld()
})
afterAll(() => world?.close())

const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']

async function fill(count: number): Promise<string[]> {
  const rows = await world.worklogs(
    Array.from({ length: count }, (_, at) => ({
      day: days[at % days.length]!,
      startTime: `0${at % 7}:00:00`,
    })),
  )
  return rows.map(({ id }) => id)
}

const sorts = ['', '&orderBy=ID', '&orderBy=UPDATED', '&orderBy=START_DATE_TIME']

describe('a client that follows next to the end', () => {
  it.each(sorts)('sees every row once while others come and go%s', async (sort) => {
    const kept = await fill(300)
    const doomed = await fill(60)
    const live = (await world.store.worklogs.getMany(world.siteId, doomed as never)).slice()
    const seen: number[] = []
    let url: string | undefined = `http://tempo.example/4/worklogs?from=2026-03-02${sort}&limit=37`
    for (let turn = 0; url !== undefined; turn += 1) {
      const answer: { status: number; body: unknown } = await world.get(url)
      expect(answer.status).toBe(200)
      const page = answer.body as Page
      expect(page.metadata.count).toBe(page.results.length)
      seen.push(...page.results.map((row) => row.tempoWorklogId))
      await fill(3)
      for (const row of live.splice(0, 4))
        await world.changeWorklog(row, { deletedAt: Date.UTC(2026, 2, 31) })
      url = page.metadata.next
      if (turn === 2) expect(page.metadata.previous).toMatch(/&offset=37&limit=37$/)
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(kept.filter((id) => !seen.includes(Number(id)))).toEqual([])
  })

  it('reaches the deletions by next and by the key, each once', async () => {
    const rows = await world.worklogs(Array.from({ length: 130 }, () => ({})))
    for (const [at, row] of rows.entries())
      await world.changeWorklog(row, { deletedAt: Date.UTC(2030, 0, 1, 0, 0, Math.floor(at / 9)) })
    const ids = rows.map(({ id }) => id)
    const path = '/audit/1/events/deleted/types/worklog?updatedFrom=2030-01-01T00:00'
    type Feed = {
      readonly metadata: { readonly next?: string; readonly lastEvaluatedKey?: string }
      readonly results: readonly { readonly tempoWorklogId: string }[]
    }
    const follow = async (first: string, next: (page: Feed) => string | undefined) => {
      const seen: string[] = []
      for (let url: string | undefined = first; url !== undefined; ) {
        const page: Feed = (await world.get(url)).body
        seen.push(...page.results.map((row) => row.tempoWorklogId))
        url = next(page)
      }
      return seen
    }
    expect(await follow(path, ({ metadata }) => metadata.next)).toEqual(ids)
    expect(await follow(`${path}&offset=0`, ({ metadata }) => metadata.next)).toEqual(ids)
    const byKey = ({ metadata: { lastEvaluatedKey: key } }: Feed) =>
      key === undefined ? undefined : `${path}&lastEvaluatedKey=${key}`
    expect(await follow(path, byKey)).toEqual(ids)
  })

  it('is not led astray by another that pages the same list', async () => {
    const first: Page = (await world.get('/4/worklogs?limit=5')).body
    const [row] = await world.worklogs([{ day: '2020-01-01' }])
    const second: Page = (await world.get(first.metadata.next ?? '')).body
    const ids = [...first.results, ...second.results].map((one) => one.tempoWorklogId)
    expect(new Set(ids).size).toBe(10)
    expect(ids).not.toContain(Number(row!.id))
  })
})
