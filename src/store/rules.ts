import { type RuleStore, type TimeRules, usualRules } from '../domain/rules.ts'
import type { Db } from './rows.ts'

export function makeRuleStore(db: Db): RuleStore {
  return {
    async get(siteId) {
      const row = await db
        .selectFrom('time_rules')
        .selectAll()
        .where('site_id', '=', siteId)
        .executeTakeFirst()
      if (!row) return { rules: usualRules, version: 0 }
      // A rule that came into being later has its usual value until somebody sets it.
      const stored = row.rules as Partial<TimeRules>
      const submit = { ...usualRules.submit, ...stored.submit }
      return { rules: { ...usualRules, ...stored, submit }, version: Number(row.version) }
    },
    async put(siteId, { rules, version }) {
      const values = { rules: JSON.stringify(rules), version: String(version) }
      await db
        .insertInto('time_rules')
        .values({ site_id: siteId, ...values })
        .onConflict((conflict) => conflict.column('site_id').doUpdateSet(values))
        .execute()
    },
  }
}
