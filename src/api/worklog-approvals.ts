import type { FastifyInstance } from 'fastify'
import type { WorklogId } from '../domain/worklog.ts'
import type { WorklogApproval as Approval } from '../domain/worklog-approval.ts'
import { IdParams, ref, WorklogApproval } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { momentOrNull } from './render.ts'

type OnWorklog = { Params: { id: string } }

/** Agreement to single worklogs, which then stand still. */
export function registerWorklogApprovals(
  scope: FastifyInstance,
  { worklogApprovals }: PlanningApiNeeds,
): void {
  scope.post<OnWorklog>(
    '/worklogs/:id/approve',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'approveWorklog',
        tag: 'Planning',
        summary: 'Approve one worklog',
        description: 'It can no longer change; changes from Jira are kept aside as drift.',
        params: IdParams,
        answers: { 200: answer('Approved', ref(WorklogApproval)) },
      }),
    },
    async (request) => {
      const id = request.params.id as WorklogId
      return renderApproval(id, await worklogApprovals.approve(actorOf(request), id))
    },
  )

  scope.post<OnWorklog>(
    '/worklogs/:id/unapprove',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'unapproveWorklog',
        tag: 'Planning',
        summary: 'Take the approval of one worklog back',
        description: 'It can change again.',
        params: IdParams,
        answers: { 200: answer('Not approved', ref(WorklogApproval)) },
      }),
    },
    async (request) => {
      const id = request.params.id as WorklogId
      await worklogApprovals.unapprove(actorOf(request), id)
      return renderApproval(id, undefined)
    },
  )
}

function renderApproval(worklogId: WorklogId, approval: Approval | undefined) {
  return {
    worklogId,
    isApproved: approval !== undefined,
    approvedById: approval?.approvedById ?? null,
    approvedAt: momentOrNull(approval?.approvedAt ?? null),
  }
}
