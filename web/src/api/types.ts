import type { Static } from '@sinclair/typebox'
import type {
  ConnectionsAnswer,
  IssueBody,
  WorklogBody,
  WorklogsAnswer,
} from '../../../src/api/contract.ts'

// Answers the contract names by their schema only.
export type { IssueBody, WorklogBody }
export type IssuesBody = { readonly issues: readonly IssueBody[]; readonly next: string | null }
export type WorklogsBody = Static<typeof WorklogsAnswer>
export type ConnectionsBody = Static<typeof ConnectionsAnswer>
