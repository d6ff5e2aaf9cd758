import type { Selectable } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import type {
  PlanDraft,
  PlanDraftId,
  PlanDraftStore,
  PlanDraftSummary,
} from '../domain/plan-draft.ts'
import { type Db, instantOfText, isBigId, textOfInstant } from './rows.ts'
import type { PlanDraftTable } from './tables-planning.ts'

const summary = [
  'id',
  'owner_id',
  'name',
  'changes',
  'created_at',
  'updated_at',
  'version',
] as const

export function makePlanDraftStore(db: Db): PlanDraftStore {
  return {
    async list(siteId, ownerId) {
      const rows = await db
        .selectFrom('plan_draft')
        .select(summary)
        .where('site_id', '=', siteId)
        .where('owner_id', '=', ownerId)
        .orderBy('id', 'desc')
        .execute()
      return rows.map(toSummary)
    },
    async get(siteId, ownerId, id) {
      const row = isBigId(id)
        ? await db
            .selectFrom('plan_draft')
            .select([...summary, 'steps'])
            .where('site_id', '=', siteId)
            .where('owner_id', '=', ownerId)
            .where('id', '=', id)
            .executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no draft ${id}`)
      return { ...toSummary(row), steps: row.steps as PlanDraft['steps'] }
    },
    async insert(siteId, draft) {
      const row = await db
        .insertInto('plan_draft')
        .values({
          ...fromDraft(draft),
          site_id: siteId,
          owner_id: draft.ownerId,
          created_at: textOfInstant(draft.createdAt),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as PlanDraftId
    },
    async update(siteId, draft) {
      await db
        .updateTable('plan_draft')
        .set(fromDraft(draft))
        .where('site_id', '=', siteId)
        .where('id', '=', draft.id)
        .execute()
    },
    async remove(siteId, id) {
      await db.deleteFrom('plan_draft').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function fromDraft({ name, steps, changes, updatedAt, version }: Omit<PlanDraft, 'id'>) {
  return {
    name,
    steps: JSON.stringify(steps),
    changes,
    updated_at: textOfInstant(updatedAt),
    version,
  }
}

function toSummary(
  row: Pick<Selectable<PlanDraftTable>, (typeof summary)[number]>,
): PlanDraftSummary {
  return {
    id: row.id as PlanDraftId,
    ownerId: row.owner_id as PersonId,
    name: row.name,
    changes: row.changes,
    createdAt: instantOfText(row.created_at),
    updatedAt: instantOfText(row.updated_at),
    version: Number(row.version),
  }
}
