import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, type TestDatabase } from '../../../test/database.ts'
import type { Day } from '../../domain/day.ts'
import type { HandOverQuery, HandOverRow } from '../../domain/hand-over.ts'
import type { Worklog } from '../../domain/worklog.ts'
import { aServletWorld, type ServletWorld } from './world.contract.ts'

let database: TestDatabase
let world: ServletWorld

beforeAll(async () => {
  database = await openMemoryDatabase()
  world = await aServletWorld(database)
})
afterAll(async () => {
  await world.close()
  await database.close()
})

type Step = {
  readonly kind: 'edit' | 'accept' | 'reject' | 'stale' | 'remove' | 'look'
  readonly row: number
  readonly hours: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('edit', 'accept', 'reject', 'stale', 'remove', 'look'),
    row: fc.nat(2),
    hours: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 3, maxLength: 14 },
)

/** What the other system knows of a row, kept beside the real thing. */
type Model = { hours: number; isGone: boolean; known?: { content: string; isAccepted: boolean } }

const contentOf = ({ hours, isGone }: Model) => (isGone ? 'gone' : `${hours} h`)

/** Contract 4.3 and 4.6: settled is what was accepted and has not changed since. */
function isUnsettled(model: Model): boolean {
  if (!model.known) return !model.isGone
  return !model.known.isAccepted || model.known.content !== contentOf(model)
}

it('never misses a change, and never repeats what was confirmed', async () => {
  const { site, app, administrator } = world
  const author = await site.aPerson()
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const rows = await site.worklogs(
        Array.from({ length: 3 }, () => ({ author, day: '2024-03-04', timeSpentSeconds: 3_600 })),
      )
      const ids = rows.map(({ id }) => id)
      const models: Model[] = rows.map(() => ({ hours: 1, isGone: false }))
      for (const step of script) await play(step, rows[step.row]!, models[step.row]!)
      const unsettled = await idsOf(ids, { isUnsettledOnly: true, withTombstones: true })
      expect(unsettled).toEqual(ids.filter((_, at) => isUnsettled(models[at]!)))
      const live = await idsOf(ids, {})
      expect(live).toEqual(ids.filter((_, at) => !models[at]!.isGone))
      const refused = await idsOf(ids, { isUnsettledOnly: true, withTombstones: true }, isRejected)
      expect(refused).toEqual(ids.filter((_, at) => models[at]!.known?.isAccepted === false))
    }),
    { numRuns: 25 },
  )

  async function play({ kind, hours }: Step, { id }: Worklog, model: Model): Promise<void> {
    const row = await app.store.handOvers.findRow(site.siteId, id)
    const actor = { ...administrator, scopes: ['servlet'] as const }
    if (kind === 'look') {
      const before = row && JSON.stringify(row)
      await idsOf([id], { isUnsettledOnly: true, withTombstones: true })
      const after = await app.store.handOvers.findRow(site.siteId, id)
      expect(after && JSON.stringify(after)).toBe(before)
    } else if (kind === 'edit' || kind === 'remove') {
      if (model.isGone) return
      const command =
        kind === 'remove'
          ? ({ kind, id } as const)
          : ({ kind: 'change', id, change: { timeSpentSeconds: hours * 3_600 } } as const)
      const [outcome] = await app.book.write({ actor: administrator, commands: [command] })
      expect(outcome?.ok).toBe(true)
      if (kind === 'remove') model.isGone = true
      else model.hours = hours
    } else {
      const fingerprint = kind === 'stale' ? '0'.repeat(40) : (row?.fingerprint ?? 'none')
      const result = kind === 'reject' ? 'Closed there' : 'OK'
      const { refusal } = await app.handOvers.answer(actor, { worklogId: id, fingerprint, result })
      const isKnown = !model.isGone || model.known !== undefined
      expect(refusal === undefined).toBe(kind !== 'stale' && isKnown)
      if (refusal === undefined)
        model.known = { content: contentOf(model), isAccepted: kind === 'accept' }
    }
  }
})

const isRejected = (row: HandOverRow) => row.external !== undefined && row.external.result !== 'OK'

async function idsOf(
  ids: readonly string[],
  wish: Partial<HandOverQuery>,
  isWanted: (row: HandOverRow) => boolean = () => true,
): Promise<readonly string[]> {
  const query: HandOverQuery = {
    siteId: world.site.siteId,
    period: { from: '2024-03-01' as Day, to: '2024-03-31' as Day },
    isUnsettledOnly: false,
    isFaultyOnly: false,
    isCompleteOnly: false,
    withTombstones: false,
    ...wish,
  }
  const found: HandOverRow[] = []
  for await (const batch of world.app.handOvers.scan(query, new Set(), []))
    found.push(...batch.filter((row) => ids.includes(row.id) && isWanted(row)))
  return found.map(({ id }) => id).sort((a, b) => Number(a) - Number(b))
}
