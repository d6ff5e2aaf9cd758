import { useQueryClient } from '@tanstack/react-query'
import { call, newKey } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import type { WorklogBody } from '../api/types.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import { useFrameTexts } from './frame-texts.ts'
import type { Sentence } from './sentence.ts'

/** Logs what a sentence said, from wherever one is; it can be undone. */
export function useLogSentence(): (sentence: Sentence) => void {
  const t = useFrameTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ queryKey: ['week'] })
  const fail = (error: unknown) => notify({ kind: 'bad', text: reasonOf(error) })
  return ({ issue, day, seconds, startTime, comment }) => {
    const body = { issue, day, startTime, timeSpentSeconds: seconds, comment }
    const undo = async ({ id, version }: WorklogBody) => {
      await call('DELETE', `/worklogs/${id}`, { ifVersion: version })
      await renew()
    }
    call<WorklogBody>('POST', '/worklogs', { body, idempotencyKey: newKey() })
      .then(async (worklog) => {
        const text = t.logged(format.hours(seconds), worklog.issue.key)
        notify({
          text,
          action: { label: shared.undo, run: () => void undo(worklog).catch(fail) },
        })
        await renew()
      })
      .catch(fail)
  }
}
