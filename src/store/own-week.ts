import type { FavouriteStore } from '../domain/favourite.ts'
import type { IssueId } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import type { TimerStore } from '../domain/timer.ts'
import { type Db, instantOfText, textOfInstant } from './rows.ts'

export function makeFavouriteStore(db: Db): FavouriteStore {
  return {
    async list(siteId, personId) {
      const rows = await db
        .selectFrom('favourite_issue')
        .select('issue_id')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .orderBy('added_at')
        .orderBy('issue_id')
        .limit(1_000)
        .execute()
      return rows.map((row) => row.issue_id as IssueId)
    },
    async add(siteId, personId, issueId, at) {
      await db
        .insertInto('favourite_issue')
        .values({
          site_id: siteId,
          person_id: personId,
          issue_id: issueId,
          added_at: textOfInstant(at),
        })
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'person_id', 'issue_id']).doNothing(),
        )
        .execute()
    },
    async remove(siteId, personId, issueId) {
      await db
        .deleteFrom('favourite_issue')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .where('issue_id', '=', issueId)
        .execute()
    },
  }
}

export function makeTimerStore(db: Db): TimerStore {
  return {
    async find(siteId, personId) {
      const row = await db
        .selectFrom('timer')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .executeTakeFirst()
      return (
        row && {
          personId: row.person_id as PersonId,
          issueId: row.issue_id as IssueId,
          startedAt: instantOfText(row.started_at),
          comment: row.comment,
        }
      )
    },
    async put(siteId, { personId, issueId, startedAt, comment }) {
      const values = { issue_id: issueId, started_at: textOfInstant(startedAt), comment }
      await db
        .insertInto('timer')
        .values({ site_id: siteId, person_id: personId, ...values })
        .onConflict((conflict) => conflict.columns(['site_id', 'person_id']).doUpdateSet(values))
        .execute()
    },
    async remove(siteId, { personId, startedAt }) {
      const { numDeletedRows } = await db
        .deleteFrom('timer')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .where('started_at', '=', textOfInstant(startedAt))
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
