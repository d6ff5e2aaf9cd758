import type { Login, LoginId, LoginLink, LoginStore } from '../domain/login.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, instantOfText, textOfInstant } from './rows.ts'

export function makeLoginStore(db: Db): LoginStore {
  return {
    async find(siteId, kind, subject) {
      const row = await db
        .selectFrom('login')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .executeTakeFirst()
      return row && { ...toLogin(row), secret: row.secret }
    },
    async listOf(siteId, personId) {
      const rows = await db
        .selectFrom('login')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .orderBy('id')
        .limit(1_000)
        .execute()
      return rows.map(toLogin)
    },
    async put({ siteId, personId, kind, subject, secret, createdAt }) {
      await db
        .insertInto('login')
        .values({
          site_id: siteId,
          person_id: personId,
          kind,
          subject,
          secret,
          created_at: textOfInstant(createdAt),
        })
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'kind', 'subject']).doUpdateSet({ secret }),
        )
        .execute()
    },
    async hasLoginWithRole(siteId, role) {
      const row = await db
        .selectFrom('login')
        .innerJoin('person', (join) =>
          join
            .onRef('person.site_id', '=', 'login.site_id')
            .onRef('person.id', '=', 'login.person_id'),
        )
        .select('login.id')
        .where('login.site_id', '=', siteId)
        .where('person.role', '=', role)
        .where('person.is_active', '=', true)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    async putLink({ siteId, personId, purpose, hash, createdAt, expiresAt }) {
      await db
        .insertInto('login_link')
        .values({
          site_id: siteId,
          person_id: personId,
          purpose,
          hash,
          created_at: textOfInstant(createdAt),
          expires_at: textOfInstant(expiresAt),
        })
        .execute()
    },
    async findLink(hash) {
      const row = await db
        .selectFrom('login_link')
        .selectAll()
        .where('hash', '=', hash)
        .limit(1)
        .executeTakeFirst()
      return (
        row && {
          siteId: row.site_id as SiteId,
          personId: row.person_id as PersonId,
          purpose: row.purpose as LoginLink['purpose'],
          expiresAt: instantOfText(row.expires_at),
        }
      )
    },
    async takeLink(siteId, hash) {
      const { numDeletedRows } = await db
        .deleteFrom('login_link')
        .where('site_id', '=', siteId)
        .where('hash', '=', hash)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    async dropLinks(siteId, personId) {
      await db
        .deleteFrom('login_link')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .execute()
    },
  }
}

function toLogin(row: {
  readonly id: string
  readonly site_id: number
  readonly person_id: string
  readonly kind: string
  readonly subject: string
}): Login {
  return {
    id: row.id as LoginId,
    siteId: row.site_id as SiteId,
    personId: row.person_id as PersonId,
    kind: row.kind as Login['kind'],
    subject: row.subject,
  }
}
