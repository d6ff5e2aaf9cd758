import { Button, Popover, Textarea } from '@mantine/core'
import { IconPlayerStopFilled } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useCommands } from '../frame/commands.ts'
import classes from './timer.module.css'
import { useTimer } from './timer-query.ts'
import { useTimerTexts } from './timer-texts.ts'

const longSeconds = 10 * 3_600

/** What runs, in the header; a click asks what was done and logs it. */
export function TimerPlace() {
  const t = useTimerTexts()
  const { timer, beganAt, stopTimer, discardTimer } = useTimer()
  const seconds = useSeconds(timer ? beganAt : undefined)
  const [isOpen, setOpen] = useState(false)
  const [comment, setComment] = useState('')
  useCommands(
    timer
      ? [
          { id: 'timer-stop', label: t.stop(timer.issue.key), run: () => stopTimer(undefined) },
          { id: 'timer-discard', label: t.discard, run: () => discardTimer() },
        ]
      : [],
  )
  if (!timer) return null
  const isLong = seconds > longSeconds
  const close = () => {
    setOpen(false)
    setComment('')
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.timer}
          data-long={isLong || undefined}
          aria-label={`${t.label(timer.issue.key)}, ${clockText(seconds - (seconds % 60)).slice(0, -3)}`}
          onClick={() => {
            setComment(timer.comment)
            setOpen(!isOpen)
          }}
        >
          <span className={classes.running} aria-hidden />
          <span className={classes.clock}>{clockText(seconds)}</span>
          <span className={classes.issue}>{timer.issue.key}</span>
          <IconPlayerStopFilled size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.summary}>
          <strong>{timer.issue.key}</strong> {timer.issue.summary}
        </p>
        {isLong ? <p className={classes.long}>{t.long}</p> : null}
        <Textarea
          label={t.comment}
          value={comment}
          maxLength={32_767}
          rows={2}
          data-autofocus
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button
            onClick={() => {
              stopTimer(comment)
              close()
            }}
          >
            {t.stopAndLog}
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              discardTimer()
              close()
            }}
          >
            {t.discard}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function useSeconds(since: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (since === undefined) return
    setNow(Date.now())
    const tick = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(tick)
  }, [since])
  return since === undefined ? 0 : Math.max(0, Math.floor((now - since) / 1_000))
}

/** `0:24:10`: a running clock shows its seconds. */
function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
