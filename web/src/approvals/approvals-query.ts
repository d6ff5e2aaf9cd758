import type { Static } from '@sinclair/typebox'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  InboxAnswer,
  Manifest,
  ManifestsAnswer,
  PeriodsAnswer,
  ReportAnswer,
  ReviewersAnswer,
  TimesheetBody,
  TimesheetLogAnswer,
  TimesheetStep,
  TimesheetsAnswer,
  VerificationAnswer,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import type { Day } from '../time/days.ts'
import { useApprovalsTexts } from './approvals-texts.ts'

export type Step = TimesheetStep
export type Log = Static<typeof TimesheetLogAnswer>['entries'][number]
export type ManifestBody = Static<typeof Manifest>

/** Everything here is asked anew after a step. */
const all = 'approvals'

export const inboxQuery = queryOptions({
  queryKey: [all, 'inbox'],
  queryFn: () =>
    call<Static<typeof InboxAnswer>>('GET', `/timesheets/inbox${queryOf({ limit: 200 })}`),
})

/** The timesheet of somebody that holds a day. */
export const timesheetQuery = (person: string, day: Day) =>
  queryOptions({
    queryKey: [all, 'timesheet', person, day],
    queryFn: async () => {
      const path = `/timesheets${queryOf({ person, day })}`
      const { timesheets } = await call<Static<typeof TimesheetsAnswer>>('GET', path)
      return timesheets[0]!
    },
  })

/** Hours by issue and day, read only. */
export const hoursQuery = (person: string, from: Day, to: Day) =>
  queryOptions({
    queryKey: [all, 'hours', person, from, to],
    queryFn: () =>
      call<Static<typeof ReportAnswer>>('POST', '/reports/run', {
        body: {
          rows: ['issue'],
          columns: 'day',
          filters: { from, to, among: [{ dimension: 'person', keys: [person] }] },
        },
      }),
  })

/** Every step somebody's timesheets went, oldest first. */
export const logQuery = (person: string) =>
  queryOptions({
    queryKey: [all, 'log', person],
    queryFn: () =>
      call<Static<typeof TimesheetLogAnswer>>(
        'GET',
        `/timesheets/log${queryOf({ person, limit: 1000 })}`,
      ),
  })

export const reviewersQuery = (person: string) =>
  queryOptions({
    queryKey: [all, 'reviewers', person],
    queryFn: () => call<Static<typeof ReviewersAnswer>>('GET', `/people/${person}/reviewers`),
  })

export const periodsQuery = (from: Day, to: Day) =>
  queryOptions({
    queryKey: [all, 'periods', from, to],
    queryFn: () => call<Static<typeof PeriodsAnswer>>('GET', `/periods${queryOf({ from, to })}`),
  })

export const manifestsQuery = queryOptions({
  queryKey: [all, 'manifests'],
  queryFn: () =>
    call<Static<typeof ManifestsAnswer>>('GET', `/manifests${queryOf({ limit: 1000 })}`),
})

export type VerificationBody = Static<typeof VerificationAnswer>

export const verify = () => call<VerificationBody>('GET', '/verify')

/** Takes a step; a state that no longer allows it is told, and what is shown asked anew. */
export function useStep() {
  const t = useApprovalsTexts()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Step) => call<TimesheetBody>('POST', '/timesheets/steps', { body }),
    onError(error) {
      const isLate = error instanceof ProblemError && error.status === 409
      notify({ kind: 'bad', text: isLate ? t.late(reasonOf(error)) : reasonOf(error) })
    },
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === all || queryKey[0] === 'week',
      }),
  })
}

/** Closes days for everybody, or opens them again. */
export function usePeriodStep() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      step,
      ...body
    }: {
      step: 'close' | 'reopen'
      from: Day
      to: Day
      comment: string
    }) => call<ManifestBody>('POST', `/periods/${step}`, { body }),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === all || queryKey[0] === 'week',
      }),
  })
}
