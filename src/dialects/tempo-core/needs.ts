import type { Accounting } from '../../domain/accounting.ts'
import type { Allocations } from '../../domain/allocations.ts'
import type { Calendar } from '../../domain/calendar.ts'
import type { Staffing } from '../../domain/staffing.ts'
import type { Store } from '../../domain/store.ts'
import type { Teams } from '../../domain/teams.ts'
import type { WorklogBook } from '../../domain/worklog-book.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Identity } from '../../http/identity.ts'
import type { Jql } from '../../jira/jql/search.ts'

/** What this dialect is wired to. */
export type TempoNeeds = {
  readonly store: Store
  readonly book: WorklogBook
  readonly accounting: Accounting
  readonly calendar: Calendar
  /** Saved filters choose issues by it. */
  readonly jql: Jql
  readonly teams: Teams
  readonly staffing: Staffing
  readonly allocations: Allocations
  readonly identity: Identity
  readonly now: () => Instant
  /** Where clients reach this server, for links; unset, each request tells. */
  readonly publicUrl: string | undefined
}
