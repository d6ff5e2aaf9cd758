import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import {
  completionAt,
  jqlFields,
  jqlFunctions,
  jqlOperators,
  jqlValue,
  jqlWords,
} from './jql-completion.ts'
import { problemSpan } from './jql-problem.ts'
import classes from './reports.module.css'
import { valuesQuery } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly jql: string
  /** What the server says is wrong with it. */
  readonly problem: string | undefined
  readonly onChange: (jql: string) => void
}

/** A query of issues: Enter runs it, what fits is offered, what is wrong is underlined where it is. */
export function JqlBar({ jql, problem, onChange }: Props) {
  const t = useReportsTexts()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(jql)
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(-1)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => setText(jql), [jql])
  // Before the next key is read: a caret that moved later would stand amid what is typed.
  const wished = useRef<number>(undefined)
  useLayoutEffect(() => {
    const place = wished.current
    if (place === undefined) return
    wished.current = undefined
    input.current?.setSelectionRange(place, place)
  })
  const { options, completion } = useOptions(text, caret, isOpen)
  const isShown = isOpen && options.length > 0
  const span = problem && text === jql ? problemSpan(text, problem) : undefined
  const read = () => {
    setText(input.current?.value ?? '')
    setCaret(input.current?.selectionStart ?? 0)
    setAt(-1)
  }
  const take = (option: string) => {
    const next = `${text.slice(0, completion.from)}${option} `
    const place = next.length
    setText(next + text.slice(completion.to).trimStart())
    setCaret(place)
    setAt(-1)
    wished.current = place
  }
  const run = () => {
    setOpen(false)
    if (text.trim() !== jql) onChange(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && options.length > 0) {
      event.preventDefault()
      setOpen(true)
      setAt((Math.max(at, step < 0 ? 0 : -1) + step + options.length) % options.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const option = isShown ? options[at] : undefined
      if (option === undefined) run()
      else take(option)
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault()
      setOpen(false)
    }
  }
  return (
    <div className={classes.jql}>
      <label htmlFor={id} className={classes.shelfName}>
        {t.jql}
      </label>
      <div className={classes.jqlField}>
        {span ? (
          <div className={classes.jqlMarks} aria-hidden>
            {text.slice(0, span.from)}
            <mark>{text.slice(span.from, span.to)}</mark>
          </div>
        ) : null}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={isShown}
          aria-controls={`${id}-list`}
          aria-activedescendant={isShown && at >= 0 ? `${id}-${at}` : undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t.jqlHint}
          value={text}
          onChange={() => {
            read()
            setOpen(true)
          }}
          onSelect={() => setCaret(input.current?.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
          onBlur={run}
        />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t.jql}
          className={classes.jqlOptions}
          hidden={!isShown}
        >
          {isShown
            ? options.map((option, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the input above
                <div
                  key={option}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  data-current={index === at || undefined}
                  className={classes.choice}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => take(option)}
                >
                  {option}
                </div>
              ))
            : null}
        </div>
        {problem ? (
          <p id={`${id}-problem`} className={classes.jqlProblem} role="alert">
            {problem}
          </p>
        ) : null}
      </div>
    </div>
  )
}

const mostOptions = 8

function useOptions(text: string, caret: number, isOpen: boolean) {
  const completion = completionAt(text, caret)
  const field = Object.keys(jqlFields).find(
    (one) => one.toLowerCase() === completion.field?.toLowerCase(),
  )
  const dimension = field === undefined ? null : (jqlFields[field] ?? null)
  const { data } = useQuery({
    ...valuesQuery(dimension ?? 'project'),
    enabled: isOpen && completion.kind === 'value' && dimension !== null,
  })
  const values = () => [
    ...(dimension ? (data?.rows ?? []) : []).map(({ cells }) => jqlValue(String(cells[0] ?? ''))),
    ...jqlFunctions,
  ]
  const all: readonly string[] =
    completion.kind === 'field'
      ? Object.keys(jqlFields)
      : completion.kind === 'operator'
        ? jqlOperators
        : completion.kind === 'word'
          ? jqlWords
          : values()
  const typed = completion.typed.toLowerCase()
  const options = all
    .filter((one) => one.toLowerCase().replace(/^"/, '').startsWith(typed))
    .filter((one) => one.toLowerCase() !== typed)
    .slice(0, mostOptions)
  return { options, completion }
}
