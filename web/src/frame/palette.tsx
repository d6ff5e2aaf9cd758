import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import { call, queryOf } from '../api/client.ts'
import type { IssuesBody } from '../api/types.ts'
import { useFocusReturn } from '../parts/focus-return.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import { useAllCommands } from './commands.ts'
import { useFrameTexts } from './frame-texts.ts'
import { useLogSentence } from './log-sentence.ts'
import { useOpenIssue } from './open-issue.ts'
import classes from './palette.module.css'
import { parseSentence, type Sentence } from './sentence.ts'

type Entry = {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly run: () => void
}

/** Everything one can do or find, by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  useFocusReturn()
  const t = useFrameTexts()
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(text)
  const chosen = Math.min(at, entries.length - 1)
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((chosen + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(entries[chosen])
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      title={<span className="hb-hidden">{t.searchShort}</span>}
      styles={{ header: { minHeight: 0, padding: 0 } }}
    >
      <input
        className={classes.input}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={entries[chosen] ? `${listId}-${chosen}` : undefined}
        aria-label={t.search}
        placeholder={t.search}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t.commands} className={classes.list}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the input above
          <div
            key={entry.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={classes.entry}
            onMouseMove={() => setAt(index)}
            onClick={() => run(entry)}
          >
            <span className={classes.label}>{entry.label}</span>
            {entry.hint === undefined ? null : <span className={classes.hint}>{entry.hint}</span>}
          </div>
        ))}
      </div>
      {entries.length === 0 ? <p className={classes.none}>{t.noCommand}</p> : null}
      <p className={classes.foot}>{t.logHint}</p>
    </Modal>
  )
}

function useEntries(text: string): readonly Entry[] {
  const t = useFrameTexts()
  const format = useFormat()
  const today = useToday()
  const commands = useAllCommands()
  const log = useLogSentence()
  const openIssue = useOpenIssue()
  const words = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: ['palette', 'issues', words],
    queryFn: ({ signal }) =>
      call<IssuesBody>('GET', `/issues${queryOf({ text: words, limit: 8 })}`, { signal }),
    enabled: words.length >= 2,
    placeholderData: (before) => before,
  })
  const sentence: Sentence | undefined = parseSentence(text, today)
  const said: Entry[] = sentence
    ? [
        {
          id: 'sentence',
          label: t.logSentence(
            format.hours(sentence.seconds),
            sentence.issue,
            format.shortDay(sentence.day),
          ),
          hint: sentence.comment,
          run: () => log(sentence),
        },
      ]
    : []
  const wanted = words.toLowerCase()
  const fitting = commands
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .map(({ id, label, shortcut, run }): Entry => ({ id, label, hint: shortcut, run }))
  const issues = words.length < 2 ? [] : (data?.issues ?? [])
  const found = issues.map(
    (issue): Entry => ({
      id: `issue ${issue.id}`,
      label: `${issue.key}  ${issue.summary}`,
      hint: t.openIssue,
      run: () => openIssue(issue.key),
    }),
  )
  return [...said, ...fitting, ...found]
}
