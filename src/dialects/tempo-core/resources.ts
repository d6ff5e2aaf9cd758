import { accountCategories } from './account-categories-routes.ts'
import { accountLinks } from './account-links-routes.ts'
import { accounts } from './accounts-routes.ts'
import { customers } from './customers-routes.ts'
import { deletions } from './deletions-routes.ts'
import { holidaySchemes } from './holiday-schemes-routes.ts'
import type { Resource } from './operations.ts'
import { papertrail } from './papertrail-routes.ts'
import { periods } from './periods-routes.ts'
import { timesheetApprovals } from './timesheet-approvals-routes.ts'
import { userSchedule } from './user-schedule-routes.ts'
import { workAttributes } from './work-attributes-routes.ts'
import { workloadSchemes } from './workload-schemes-routes.ts'
import { worklogsBy } from './worklogs-by-routes.ts'
import { worklogs } from './worklogs-routes.ts'
import { worklogValues } from './worklogs-values-routes.ts'
import { worklogWrites } from './worklogs-write-routes.ts'

/** Every resource of both versions; a new one is a file and a line here. */
export const resources: readonly Resource[] = [
  worklogs,
  worklogsBy,
  worklogWrites,
  worklogValues,
  workAttributes,
  accounts,
  accountLinks,
  accountCategories,
  customers,
  papertrail,
  userSchedule,
  workloadSchemes,
  holidaySchemes,
  periods,
  timesheetApprovals,
]

/** The feeds of deletions, which have prefixes of their own. */
export const feeds: readonly Resource[] = [deletions]
