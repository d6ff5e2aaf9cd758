import { Modal } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { useFocusReturn } from '../parts/focus-return.ts'
import { IssueList, useEnter, useIssueSearch } from './issue-search.tsx'
import classes from './week.module.css'
import type { IssueRef } from './week-model.ts'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly title: string
  /** Offered before anything is typed. */
  readonly known: readonly IssueRef[]
  readonly onChoose: (issue: IssueRef) => void
  readonly onClose: () => void
}

/** Asks which issue a stretch of time belongs to. */
export function NewEntry({ title, known, onChoose, onClose }: Props) {
  useFocusReturn()
  const t = useWeekTexts()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useIssueSearch(text.trim())
  const issues = text.trim() === '' ? known : found.issues
  const isCurrent = text.trim() === '' || found.isCurrent
  const { enter, forget } = useEnter({ issues, isCurrent }, onChoose)
  const chosen = Math.min(at, issues.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && issues.length > 0)
      setAt((chosen + step + issues.length) % issues.length)
    else if (event.key === 'Enter') enter(issues[chosen])
    else return
    event.preventDefault()
  }
  return (
    <Modal opened onClose={onClose} title={title} size="md" yOffset="12vh" withCloseButton={false}>
      <input
        className={classes.addInput}
        role="combobox"
        aria-expanded={issues.length > 0}
        aria-controls={id}
        aria-activedescendant={issues[chosen] ? `${id}-${chosen}` : undefined}
        aria-label={t.pickIssue}
        placeholder={t.pickIssue}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          forget()
        }}
        onKeyDown={onKeyDown}
      />
      <IssueList id={id} issues={issues} at={chosen} onChoose={onChoose} />
      <div role="alert">
        {found.problem === undefined ? null : <p className={classes.problem}>{found.problem}</p>}
      </div>
    </Modal>
  )
}
