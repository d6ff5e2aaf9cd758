import { type KeyboardEvent, useId, useState } from 'react'
import { IssueList, useEnter, useIssueSearch } from './issue-search.tsx'
import classes from './week.module.css'
import type { IssueRef } from './week-model.ts'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly suggestions: readonly IssueRef[]
  readonly onAdd: (issue: IssueRef) => void
}

/** Where a row is added: by key, by words or by JQL, or with one key from what was done lately. */
export function AddRow({ suggestions, onAdd }: Props) {
  const t = useWeekTexts()
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useIssueSearch(text.trim())
  const shown = text.trim() === '' ? [] : found.issues
  const choose = (issue: IssueRef) => {
    setText('')
    setAt(0)
    onAdd(issue)
  }
  const { enter, forget } = useEnter(found, choose)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && shown.length > 0)
      setAt((Math.min(at, shown.length - 1) + step + shown.length) % shown.length)
    else if (event.key === 'Enter' && text.trim() !== '')
      enter(shown[Math.min(at, shown.length - 1)])
    else if (event.key === 'Escape') setText('')
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.adding}>
      <div className={classes.search}>
        <input
          className={classes.addInput}
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-activedescendant={
            shown.length > 0 ? `${listId}-${Math.min(at, shown.length - 1)}` : undefined
          }
          aria-label={t.addRow}
          aria-invalid={found.problem !== undefined}
          placeholder={t.addRow}
          value={text}
          maxLength={2_000}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
            forget()
          }}
          onKeyDown={onKeyDown}
        />
        <IssueList
          id={listId}
          issues={shown}
          at={Math.min(at, shown.length - 1)}
          onChoose={choose}
        />
        <div role="alert">
          {found.problem === undefined ? null : <p className={classes.problem}>{found.problem}</p>}
        </div>
      </div>
      {suggestions.length > 0 ? (
        <section className={classes.suggestions} aria-label={t.suggestions}>
          <h2>{t.suggestions}</h2>
          {suggestions.map((issue) => (
            <button key={issue.id} type="button" onClick={() => onAdd(issue)}>
              <span className={classes.key}>{issue.key}</span>
              <span className={classes.summary}>{issue.summary}</span>
            </button>
          ))}
        </section>
      ) : null}
    </div>
  )
}
