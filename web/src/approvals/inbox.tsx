import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { TimesheetBody } from '../../../src/api/contract.ts'
import { useCommands } from '../frame/commands.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage, TooMuch } from '../parts/states.tsx'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './approvals.module.css'
import { inboxQuery, useStep } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'
import { TimesheetDetail } from './timesheet-detail.tsx'

type Opened = { readonly person: string; readonly day: Day }

type Props = {
  readonly open: Opened | undefined
  readonly onOpen: (sheet: Opened) => void
}

/** What waits for me: the list at the left, the one that is open at the right. */
export function Inbox({ open, onOpen }: Props) {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { data, error, isPending, refetch } = useQuery(inboxQuery)
  const step = useStep()
  const [rejecting, setRejecting] = useState(false)
  const sheets = data?.timesheets ?? []
  const found = sheets.findIndex(
    ({ person, from, to }) => person.id === open?.person && from <= open.day && open.day <= to,
  )
  const at = open ? found : sheets.length > 0 ? 0 : -1
  const shown = sheets[at]
  const target: Opened | undefined = open ?? (shown && { person: shown.person.id, day: shown.from })
  const clean = sheets.filter(
    ({ findings, actions }) => findings.length === 0 && actions.includes('approve'),
  )

  const go = (way: number) => {
    const next = sheets[Math.max(0, Math.min(sheets.length - 1, at + way))]
    if (next) onOpen({ person: next.person.id, day: next.from })
  }
  const approve = () => {
    if (!shown?.actions.includes('approve') || step.isPending) return
    const next = sheets[at + 1] ?? sheets[at - 1]
    step.mutate(
      { action: 'approve', person: shown.person.id, day: shown.from },
      { onSuccess: () => next && onOpen({ person: next.person.id, day: next.from }) },
    )
  }
  const approveAll = async () => {
    let count = 0
    for (const { person, from } of clean)
      try {
        await step.mutateAsync({ action: 'approve', person: person.id, day: from })
        count += 1
      } catch {
        // The notice has told it; the others are none the worse.
      }
    if (count > 0) notify({ text: t.approvedAll(count) })
  }
  const keys = useRef({ go, approve, reject: () => {} })
  keys.current = { go, approve, reject: () => setRejecting(true) }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const from = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (from.closest('input, textarea, select, [contenteditable], [role=dialog]')) return
      const act = {
        j: () => keys.current.go(1),
        k: () => keys.current.go(-1),
        a: () => keys.current.approve(),
        r: () => keys.current.reject(),
      }[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  useCommands([
    { id: 'approvals-next', label: t.next, shortcut: 'J', run: () => go(1) },
    { id: 'approvals-previous', label: t.previous, shortcut: 'K', run: () => go(-1) },
    { id: 'approvals-approve', label: t.approve, shortcut: 'A', run: approve },
    { id: 'approvals-reject', label: t.reject, shortcut: 'R', run: () => setRejecting(true) },
  ])

  if (isPending)
    return (
      <div className={classes.body}>
        <Skeleton lines={10} height={36} />
      </div>
    )
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <div className={classes.split}>
      <div className={classes.listSide}>
        {clean.length > 1 ? (
          <Button
            size="compact-md"
            variant="default"
            loading={step.isPending}
            onClick={() => void approveAll()}
          >
            {t.approveAll(clean.length)}
          </Button>
        ) : null}
        {sheets.length === 0 ? (
          <StateMessage title={t.emptyTitle}>{t.emptyHint}</StateMessage>
        ) : (
          <ul className={classes.list} aria-label={t.list}>
            {sheets.map((sheet, index) => (
              <li key={`${sheet.person.id} ${sheet.from}`}>
                <SheetLine
                  sheet={sheet}
                  isOpen={index === at}
                  onOpen={() => onOpen({ person: sheet.person.id, day: sheet.from })}
                />
              </li>
            ))}
          </ul>
        )}
        {data.next ? <TooMuch shown={format.number(sheets.length)} /> : null}
        {sheets.length > 0 ? <p className={classes.keys}>{t.keys}</p> : null}
      </div>
      <div className={classes.detailSide}>
        {target ? (
          <TimesheetDetail
            key={`${target.person} ${target.day}`}
            person={target.person}
            day={target.day}
            isRejecting={rejecting}
            onRejecting={setRejecting}
          />
        ) : null}
      </div>
    </div>
  )
}

type LineProps = {
  readonly sheet: TimesheetBody
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function SheetLine({ sheet, isOpen, onOpen }: LineProps) {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { person, from, to, spentSeconds, requiredSeconds, findings } = sheet
  const line = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  return (
    <button
      ref={line}
      type="button"
      className={classes.line}
      aria-current={isOpen || undefined}
      onClick={onOpen}
    >
      <span className={classes.who}>{person.displayName}</span>
      <span className={classes.figure}>
        {t.ofRequired(format.hours(spentSeconds), format.hours(requiredSeconds))}
      </span>
      <span className={classes.soft}>{format.range(from, to)}</span>
      <span className={findings.length > 0 ? classes.flag : classes.clean}>
        {findings.length > 0 ? t.findings(findings.length) : t.noFindings}
      </span>
    </button>
  )
}
