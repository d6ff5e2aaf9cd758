import type { WorklogView } from '../../domain/worklog.ts'
import type { Call } from './call.ts'
import { renderMoment, renderPerson } from './render.ts'

/** Sections 4.1 and 4.2 of the contract, key by key. */
export function renderWorklog(call: Call, worklog: WorklogView): object {
  return call.face.version === 3 ? renderThird(call, worklog) : renderFourth(call, worklog)
}

function renderThird(call: Call, worklog: WorklogView): object {
  const { connectionId, issue } = worklog
  return {
    self: call.to(`/worklogs/${worklog.id}`),
    tempoWorklogId: Number(worklog.id),
    // Two clients fail without it, so rows born here send theirs as well [C 2].
    jiraWorklogId: Number(worklog.jiraId),
    issue: {
      self: call.jira.issueByKey(connectionId, issue.key),
      key: issue.key,
      id: Number(issue.jiraId),
    },
    timeSpentSeconds: worklog.timeSpentSeconds,
    billableSeconds: worklog.billableSeconds ?? worklog.timeSpentSeconds,
    startDate: worklog.day,
    startTime: worklog.startTime,
    description: worklog.comment,
    createdAt: renderMoment(worklog.createdAt),
    updatedAt: renderUpdate(call, worklog),
    author: renderPerson(call, worklog.author, connectionId),
    attributes: renderAttributes(call, worklog),
  }
}

function renderFourth(call: Call, worklog: WorklogView): object {
  const { connectionId, issue } = worklog
  return {
    self: call.to(`/worklogs/${worklog.id}`),
    tempoWorklogId: Number(worklog.id),
    issue: { self: call.jira.issueById(connectionId, issue.jiraId), id: Number(issue.jiraId) },
    timeSpentSeconds: worklog.timeSpentSeconds,
    billableSeconds: worklog.billableSeconds ?? worklog.timeSpentSeconds,
    startDate: worklog.day,
    startTime: worklog.startTime,
    startDateTimeUtc: renderMoment(worklog.startedAt),
    description: worklog.comment,
    createdAt: renderMoment(worklog.createdAt),
    updatedAt: renderUpdate(call, worklog),
    author: renderPerson(call, worklog.author, connectionId),
    attributes: renderAttributes(call, worklog),
  }
}

/** A Jira whose clock is ahead must not lead readers who go on from the latest moment past others. */
function renderUpdate({ needs }: Call, { updatedAt }: WorklogView): string {
  return renderMoment(Math.min(updatedAt, needs.now()))
}

function renderAttributes(call: Call, worklog: WorklogView): object {
  return {
    self: call.to(`/worklogs/${worklog.id}/work-attribute-values`),
    values: renderValues(worklog),
  }
}

/** Values in the order of their keys: a map of the database has none of its own. */
export function renderValues({ attributes }: Pick<WorklogView, 'attributes'>): object[] {
  return Object.keys(attributes)
    .sort()
    .map((key) => ({ key, value: attributes[key] }))
}
