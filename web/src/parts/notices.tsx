import { CloseButton } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './notices.module.css'

export type Notice = {
  readonly text: string
  /** `bad` stays until it is closed and is read out at once. */
  readonly kind?: 'plain' | 'bad'
  readonly action?: { readonly label: string; readonly run: () => void }
}

type Shown = Notice & { readonly id: number }

const lastsMs = 6_000
const most = 4
const listeners = new Set<() => void>()
let shown: readonly Shown[] = []
let next = 1

/** Tells something in the corner, for a while. */
export function notify(notice: Notice): void {
  const id = next++
  set([...shown.filter(({ text }) => text !== notice.text), { ...notice, id }].slice(-most))
  if (notice.kind !== 'bad') setTimeout(() => dismiss(id), lastsMs)
}

function dismiss(id: number): void {
  set(shown.filter((one) => one.id !== id))
}

function set(notices: readonly Shown[]): void {
  shown = notices
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where notices appear; the frame has one. */
export function Notices() {
  const t = useSharedTexts()
  const notices = useSyncExternalStore(subscribe, () => shown)
  return (
    <div className={classes.corner} role="status" aria-live="polite">
      {notices.map(({ id, text, kind, action }) => (
        <div key={id} className={classes.notice} data-kind={kind ?? 'plain'}>
          <span className={classes.text}>{text}</span>
          {action ? (
            <button
              type="button"
              className={classes.action}
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </button>
          ) : null}
          <CloseButton size="sm" aria-label={t.close} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  )
}
