import { expect, it } from 'vitest'
import { describeStores } from '../../../test/database.ts'
import type { IssueId } from '../../domain/issue.ts'
import type { IssueBookmark, IssueSearch } from '../../domain/issue-query.ts'
import type { Viewer } from '../../domain/permission.ts'
import { parseInstant } from '../../domain/zone.ts'
import { countIssues, searchIssues } from '../../store/issue-search.ts'
import type { JqlContext } from './context.ts'
import { evaluate } from './evaluator.contract.ts'
import type { Facts } from './evaluator-fields.contract.ts'
import { parseJql } from './parser.ts'
import { isThorough, makeDice, seedOr } from './random.contract.ts'
import { resolveJql } from './resolve.ts'
import { storeWorld } from './stored-world.contract.ts'
import { typedOrder, typedQuery } from './typed-queries.contract.ts'
import { makeWorld, type World, worldFields } from './world.contract.ts'
import { lookUpIn } from './world-lookups.contract.ts'

const total = isThorough ? 2_000 : 500
const batches = 8
const everyone: Viewer = { kind: 'all' }

describeStores('a search in SQL beside a naive one in memory', (database) => {
  let stored: Awaited<ReturnType<typeof storeWorld>> | undefined
  const open = async () => {
    stored ??= await storeWorld(database().store, makeWorld(makeDice(5)))
    return stored
  }

  it.each(Array.from({ length: batches }, (_, batch) => batch))(
    'finds the same issues, batch %i',
    async (batch) => {
      const { site, world } = await open()
      const dice = makeDice(seedOr(1_000) + batch)
      let found = 0
      for (let made = 0; made < total / batches; made += 1) {
        const text = typedQuery(dice)
        const facts = factsOf(
          world,
          dice.pick(viewersOf(world)),
          dice.pick(zones),
          dice.pick([1, 7]),
          dice.pick(['caller', 'author']),
        )
        const query = parseJql(text)
        const { condition } = await resolveJql(query, contextOf(facts))
        const expected = evaluate(query.where, facts)
        const search = { siteId: site.siteId, viewer: facts.viewer, condition, order: [] }
        const { issues } = await searchIssues(database().engine.db, search, { limit: 1_000 })
        expect(
          sorted(issues),
          `${text} as ${JSON.stringify(facts.viewer)} in ${facts.clock.zone}`,
        ).toEqual(sorted([...expected].map((id) => ({ id }))))
        if (made % 10 === 0)
          expect(await countIssues(database().engine.db, search)).toBe(expected.size)
        found += expected.size
      }
      expect(found).toBeGreaterThan(total)
    },
  )

  it('pages through any order by bookmarks, showing each issue once', async () => {
    const { site, world } = await open()
    const { db } = database().engine
    const dice = makeDice(99)
    for (let made = 0; made < 60; made += 1) {
      const text = `status IS NOT EMPTY OR assignee IS EMPTY ${typedOrder(dice)}`
      const facts = factsOf(world, everyone, 'UTC', 1, 'caller')
      const { condition, order } = await resolveJql(parseJql(text), contextOf(facts))
      const search: IssueSearch = { siteId: site.siteId, viewer: everyone, condition, order }
      const whole = await searchIssues(db, search, { limit: 1_000 })
      expect(whole.next).toBeUndefined()
      const ids: IssueId[] = []
      let after: IssueBookmark | undefined
      do {
        const page = await searchIssues(db, search, { limit: 23, ...(after && { after }) })
        ids.push(...page.issues.map(({ id }) => id))
        after = page.next
      } while (after)
      expect(ids, text).toEqual(whole.issues.map(({ id }) => id))
      const offset = await searchIssues(db, search, { limit: 10, offset: 17 })
      expect(offset.issues.map(({ id }) => id)).toEqual(ids.slice(17, 27))
    }
  })

  it('sorts empty values last ascending and first descending, ties by newest id', async () => {
    const { site, world } = await open()
    const facts = factsOf(world, everyone, 'UTC', 1, 'caller')
    const run = async (text: string) => {
      const { condition, order } = await resolveJql(parseJql(text), contextOf(facts))
      const search = { siteId: site.siteId, viewer: everyone, condition, order }
      return (await searchIssues(database().engine.db, search, { limit: 1_000 })).issues
    }
    const ranks = ['Low', 'Medium', 'High']
    for (const direction of ['ASC', 'DESC'] as const) {
      const sign = direction === 'ASC' ? 1 : -1
      const rank = (name: string | null) => (name === null ? ranks.length : ranks.indexOf(name))
      const issues = await run(`project = ABC ORDER BY priority ${direction}`)
      const expected = world.issues
        .filter(({ key }) => key.startsWith('ABC'))
        .sort((a, b) => sign * (rank(a.priority) - rank(b.priority)) || Number(b.id) - Number(a.id))
      expect(issues.map(({ key }) => key)).toEqual(expected.map(({ key }) => key))
    }
    for (const direction of ['ASC', 'DESC'] as const) {
      // As numbers, not as words: 3600 before 28800.
      const seconds = (await run(`key is not empty order by originalEstimate ${direction}`)).map(
        ({ originalEstimateSeconds }) => originalEstimateSeconds ?? Number.POSITIVE_INFINITY,
      )
      expect(seconds).toEqual(seconds.toSorted((a, b) => (direction === 'ASC' ? a - b : b - a)))
    }
    const newest = await run('order by created')
    const times = newest.flatMap(({ createdAt }) => createdAt ?? [])
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(newest[0]!.createdAt).toBeNull()
    const keys = (await run('order by key')).map(({ key }) => key)
    expect(keys.slice(0, 3)).toEqual(['ABC-1', 'ABC-3', 'ABC-5'])
  })
})

const zones = ['Europe/Berlin', 'America/New_York', 'UTC', 'Pacific/Kiritimati']
const now = parseInstant('2026-03-02T10:17:40.123+01:00').instant

function viewersOf({ people }: World): readonly Viewer[] {
  const [alice, bob, carol] = people.map(({ id }) => id)
  return [
    everyone,
    { kind: 'limited', personId: bob!, authorIds: 'everybody', groupNames: ['testers'] },
    { kind: 'limited', personId: carol!, authorIds: [carol!, alice!], groupNames: [] },
  ]
}

function factsOf(
  world: World,
  viewer: Viewer,
  zone: string,
  firstWeekday: 1 | 7,
  zoneOfDays: Facts['zoneOfDays'],
): Facts {
  return { world, viewer, me: world.people[0]!.id, zoneOfDays, clock: { now, zone, firstWeekday } }
}

function contextOf({ world, me, clock, zoneOfDays }: Facts): JqlContext {
  return {
    ...clock,
    currentUser: me,
    lookups: lookUpIn(world),
    fields: worldFields,
    worklogDateZone: zoneOfDays,
  }
}

function sorted(issues: readonly { readonly id: IssueId }[]): number[] {
  return issues.map(({ id }) => Number(id)).sort((a, b) => a - b)
}
