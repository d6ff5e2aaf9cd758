import type { ApprovalStatus } from '../../domain/approval.ts'

/** States of timesheets in this API's words. */
export const approvalKeys: Readonly<Record<ApprovalStatus, string>> = {
  open: 'OPEN',
  // Rejected ones go back to their owner: this API calls them open [S3][S4].
  rejected: 'OPEN',
  waiting: 'IN_REVIEW',
  approved: 'APPROVED',
}
