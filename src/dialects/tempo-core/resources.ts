import { accountCategories } from './account-categories-routes.ts'
import { accountLinks } from './account-links-routes.ts'
import { accounts } from './accounts-routes.ts'
import { approvalLogs } from './approval-logs-routes.ts'
import { customers } from './customers-routes.ts'
import { deletions } from './deletions-routes.ts'
import { genericResources } from './generic-resources-routes.ts'
import { holidaySchemes } from './holiday-schemes-routes.ts'
import type { Resource } from './operations.ts'
import { papertrail } from './papertrail-routes.ts'
import { periods } from './periods-routes.ts'
import { permissionRoles } from './permission-roles-routes.ts'
import { plans } from './plans-routes.ts'
import { programs } from './programs-routes.ts'
import { skills } from './skills-routes.ts'
import { teamLinks } from './team-links-routes.ts'
import { teamMemberships } from './team-memberships-routes.ts'
import { teamRoles } from './team-roles-routes.ts'
import { teams } from './teams-routes.ts'
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
  teams,
  teamLinks,
  teamMemberships,
  teamRoles,
  permissionRoles,
  programs,
  genericResources,
  skills,
  plans,
  papertrail,
  userSchedule,
  workloadSchemes,
  holidaySchemes,
  periods,
  timesheetApprovals,
  approvalLogs,
]

/** The feeds of deletions, which have prefixes of their own. */
export const feeds: readonly Resource[] = [deletions]
