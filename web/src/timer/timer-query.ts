import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TimerBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { useTimerTexts } from './timer-texts.ts'

type Answer = TimerBody & {
  /** When it began, on the clock of this browser, whatever that says. */
  readonly beganAt: number
}

const timerQuery = queryOptions({
  queryKey: ['timer'],
  queryFn: async () => answerOf(await call<TimerBody>('GET', '/timer')),
  refetchInterval: 60_000,
})

function answerOf(body: TimerBody): Answer {
  return { ...body, beganAt: Date.now() - (body.timer?.seconds ?? 0) * 1_000 }
}

/** The timer of whoever is signed in: the server keeps it, so it runs on through any reload. */
export function useTimer() {
  const t = useTimerTexts()
  const format = useFormat()
  const client = useQueryClient()
  const { data } = useQuery(timerQuery)
  const settle = (body: TimerBody) => {
    client.setQueryData(timerQuery.queryKey, answerOf(body))
    const { logged } = body
    if (!logged) return
    notify({ text: t.logged(format.hours(logged.timeSpentSeconds), logged.issue.key) })
    void client.invalidateQueries({ queryKey: ['week'] })
  }
  const onError = (error: unknown) => notify({ kind: 'bad', text: reasonOf(error) })
  const start = useMutation({
    mutationFn: (issue: string) => call<TimerBody>('PUT', '/timer', { body: { issue } }),
    onSuccess: settle,
    onError,
  })
  const stop = useMutation({
    mutationFn: (comment: string | undefined) =>
      call<TimerBody>('POST', '/timer/stop', { body: comment === undefined ? {} : { comment } }),
    onSuccess: settle,
    onError,
  })
  const discard = useMutation({
    mutationFn: () => call('DELETE', '/timer'),
    onSuccess: () => client.setQueryData(timerQuery.queryKey, answerOf({ timer: null })),
    onError,
  })
  return {
    timer: data?.timer ?? null,
    beganAt: data?.beganAt ?? 0,
    startTimer: start.mutate,
    stopTimer: stop.mutate,
    discardTimer: discard.mutate,
  }
}
