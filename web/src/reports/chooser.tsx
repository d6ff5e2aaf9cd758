import { Popover } from '@mantine/core'
import type { ReactElement } from 'react'
import { type KeyboardEvent, useId, useState } from 'react'
import classes from './reports.module.css'
import { useReportsTexts } from './reports-texts.ts'

export type Choice = {
  readonly id: string
  readonly label: string
  readonly hint?: string
}

type Props = {
  readonly label: string
  readonly choices: readonly Choice[]
  /** Chosen ones have a mark, and the list stays open: several may be chosen. */
  readonly chosen?: readonly string[]
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onChoose: (id: string) => void
  readonly children: ReactElement
  readonly foot?: ReactElement | null
}

const mostShown = 100

/** A list under a button, narrowed by typing: arrows move, Enter chooses, Esc closes. */
export function Chooser(props: Props) {
  const { isOpen, onOpen, children } = props
  return (
    <Popover
      opened={isOpen}
      onChange={onOpen}
      position="bottom-start"
      trapFocus
      returnFocus
      withinPortal
      shadow="none"
      transitionProps={{ duration: 80 }}
      withRoles={false}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown className={classes.chooser!}>
        {isOpen ? <ChoiceList {...props} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function ChoiceList({ label, choices, chosen, onOpen, onChoose, foot }: Props) {
  const t = useReportsTexts()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const wanted = text.toLowerCase()
  const fitting = choices
    .filter((one) => `${one.label} ${one.hint ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, mostShown)
  const current = Math.min(at, fitting.length - 1)
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    onChoose(choice.id)
    if (!chosen) onOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = (current + step + fitting.length) % Math.max(1, fitting.length)
      setAt(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choose(fitting[current])
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onOpen(false)
    }
  }
  return (
    <>
      <input
        className={classes.chooserInput}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={fitting.length > 0 ? `${id}-${current}` : undefined}
        placeholder={t.choose}
        value={text}
        data-autofocus
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={id}
        role="listbox"
        aria-label={label}
        aria-multiselectable={chosen ? true : undefined}
        className={classes.choices}
      >
        {fitting.map((choice, index) => {
          const isChosen = chosen?.includes(choice.id) ?? false
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the input above
            <div
              key={choice.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={chosen ? isChosen : index === current}
              data-current={index === current || undefined}
              className={classes.choice}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
            >
              {chosen ? <span className={classes.tick}>{isChosen ? '✓' : ''}</span> : null}
              <span className={classes.choiceLabel}>{choice.label}</span>
              {choice.hint ? <span className={classes.hint}>{choice.hint}</span> : null}
            </div>
          )
        })}
        {fitting.length === 0 ? <p className={classes.nothing}>{t.none}</p> : null}
      </div>
      {foot}
    </>
  )
}
