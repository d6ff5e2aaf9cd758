import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventBody, PlanDraftDetailBody } from '../../../src/api/contract.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import { describe, labelOf } from './describe.ts'
import { discardDraft, renameDraft, settleEvent } from './draft-query.ts'
import classes from './drafts.module.css'
import { usePlannerTexts } from './planner-texts.ts'
import type { PlanWrites } from './use-plan-writes.ts'

type Props = {
  readonly body: PlanDraftDetailBody
  readonly writes: PlanWrites
  readonly onShow: (event: EventBody) => void
  readonly onLeave: () => void
}

/** Says that a draft is shown: its name, what it changes, and how it ends. */
export function DraftBar({ body, writes, onShow, onLeave }: Props) {
  const { draft, events } = body
  const t = usePlannerTexts()
  const client = useQueryClient()
  const [isListed, setListed] = useState(false)
  const [isSure, setSure] = useState(false)
  const stale = events.filter((one) => one.isStale)
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
      return true
    } catch (error) {
      // What others changed is shown one by one below.
      const isStale = error instanceof ProblemError && error.status === 412
      notify({ kind: 'bad', text: isStale ? t.draftStale : reasonOf(error) })
      return false
    }
  }
  const change = async (work: () => Promise<unknown>) => {
    await attempt(work)
    await client.invalidateQueries({ queryKey: ['timeline'] })
    await client.invalidateQueries({ queryKey: ['plan-drafts'] })
  }
  const publish = async () => {
    if (!(await attempt(() => writes.publish(draft.id, draft.version))))
      return client.invalidateQueries({ queryKey: ['timeline'] })
    onLeave()
    notify({
      text: t.published(draft.name),
      action: { label: t.undo, run: () => void writes.undo() },
    })
  }
  const discard = async () => {
    if (!isSure && draft.changes > 0) return setSure(true)
    if (!(await attempt(() => discardDraft(draft.id)))) return
    onLeave()
    await client.invalidateQueries({ queryKey: ['plan-drafts'] })
  }
  return (
    <section className={classes.draft} aria-label={t.draftShown(draft.name)}>
      <div className={classes.line}>
        <strong>{t.draft}</strong>
        <TextInput
          key={draft.name}
          size="xs"
          aria-label={t.draftName}
          defaultValue={draft.name}
          maxLength={255}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
          onBlur={({ currentTarget: { value } }) => {
            const name = value.trim()
            if (name !== '' && name !== draft.name) void change(() => renameDraft(draft.id, name))
          }}
        />
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={isListed || stale.length > 0}
          disabled={events.length === 0}
          onClick={() => setListed(!isListed)}
        >
          {t.changes(draft.changes)}
        </Button>
        <span className={classes.hint}>{t.draftHint}</span>
        <span className={classes.acts}>
          <Button size="xs" variant="default" onClick={onLeave}>
            {t.leaveDraft}
          </Button>
          <Button
            size="xs"
            variant={isSure ? 'filled' : 'subtle'}
            color="red"
            onClick={() => void discard()}
            onBlur={() => setSure(false)}
          >
            {isSure ? t.discardSure : t.discard}
          </Button>
          <Button size="xs" disabled={draft.changes === 0} onClick={() => void publish()}>
            {t.publish}
          </Button>
        </span>
      </div>
      {isListed || stale.length > 0 ? (
        <ul className={classes.changes} aria-label={t.compared}>
          {(isListed ? events : stale).map((one) => (
            <Change
              key={one.id}
              one={one}
              onShow={onShow}
              onSettle={(keep) => void change(() => settleEvent(draft.id, one.id, keep))}
            />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

type ChangeProps = {
  readonly one: PlanDraftDetailBody['events'][number]
  readonly onShow: (event: EventBody) => void
  readonly onSettle: (keep: 'mine' | 'theirs') => void
}

/** One event as it is drafted beside how it stands today. */
function Change({ one, onShow, onSettle }: ChangeProps) {
  const t = usePlannerTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const { drafted, today, isStale } = one
  const event = drafted ?? today
  if (!event) return null
  const inWords = (shown: EventBody | undefined) => (shown ? describe(t, format, shown) : t.nowhere)
  return (
    <li data-stale={isStale || undefined}>
      <span className={classes.what}>{labelOf(t, event)}</span>
      <span>
        <b>{isStale ? t.theirs : t.today}:</b> {inWords(today)}
      </span>
      <span>
        <b>{t.drafted}:</b> {inWords(drafted)}
      </span>
      <span className={classes.acts}>
        {isStale ? (
          <Button size="compact-xs" onClick={() => onSettle('mine')}>
            {shared.keepMine}
          </Button>
        ) : drafted ? (
          <Button size="compact-xs" variant="subtle" onClick={() => onShow(drafted)}>
            {t.showBar}
          </Button>
        ) : null}
        <Button size="compact-xs" variant="default" onClick={() => onSettle('theirs')}>
          {isStale ? t.takeTheirs : t.asToday}
        </Button>
      </span>
    </li>
  )
}
