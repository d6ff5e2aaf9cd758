import { describe } from 'vitest'
import type { TestDatabase } from '../../test/database.ts'
import { allocationsContract } from './allocations.contract.ts'
import { auditContract } from './audit.contract.ts'
import { booksContract } from './books.contract.ts'
import { calendarContract } from './calendar.contract.ts'
import { eventsContract } from './events.contract.ts'
import { handOversContract } from './hand-overs.contract.ts'
import { issuesContract } from './issues.contract.ts'
import { locksContract } from './locks.contract.ts'
import { peopleContract } from './people.contract.ts'
import { sitesContract } from './sites.contract.ts'
import { staffingContract } from './staffing.contract.ts'
import { teamsContract } from './teams.contract.ts'
import { tokensContract } from './tokens.contract.ts'
import { worklogByIssueContract } from './worklog-by-issue.contract.ts'
import { worklogChangesContract } from './worklog-changes.contract.ts'
import { worklogDimensionsContract } from './worklog-dimensions.contract.ts'
import { worklogPagesContract } from './worklog-pages.contract.ts'
import { worklogScanContract } from './worklog-scan.contract.ts'
import { worklogSumContract } from './worklog-sum.contract.ts'
import { worklogValuesContract } from './worklog-values.contract.ts'
import { writingContract } from './writing.contract.ts'

/** What every store over every engine must do. Tests share a database and keep apart by site. */
export function storeContract(database: () => TestDatabase): void {
  describe('sites and connections', () => sitesContract(database))
  describe('people, groups and teams', () => peopleContract(database))
  describe('teams and who is in them', () => teamsContract(database))
  describe('allocations', () => allocationsContract(database))
  describe('skills, positions and resources', () => staffingContract(database))
  describe('projects, issues and the catalogue', () => issuesContract(database))
  describe('worklogs as written', () => worklogValuesContract(database))
  describe('worklogs in pages', () => worklogPagesContract(database))
  describe('worklogs as a stream', () => worklogScanContract(database))
  describe('sums of worklogs', () => worklogSumContract(database))
  describe('worklogs by issue', () => worklogByIssueContract(database))
  describe('groups of worklogs', () => worklogDimensionsContract(database))
  describe('the change feed', () => worklogChangesContract(database))
  describe('rules, approvals and manifests', () => booksContract(database))
  describe('schedules and holidays', () => calendarContract(database))
  describe('locks and drift', () => locksContract(database))
  describe('events', () => eventsContract(database))
  describe('tokens and idempotency', () => tokensContract(database))
  describe('what is handed over', () => handOversContract(database))
  describe('transactions', () => writingContract(database))
  describe('the audit chain', () => auditContract(database))
}
