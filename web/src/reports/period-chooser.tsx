import { Button, Popover } from '@mantine/core'
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { type Day, isDay } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { usePeriodTexts } from './report-names-texts.ts'
import classes from './reports.module.css'
import { useReportsTexts } from './reports-texts.ts'
import { shiftPeriod } from './shift-period.ts'

export type PeriodWish = { readonly period?: string; readonly from?: Day; readonly to?: Day }

type Props = {
  readonly wish: PeriodWish
  /** The days that are shown. */
  readonly days: { readonly from: Day | null; readonly to: Day | null } | undefined
  readonly onChange: (wish: PeriodWish) => void
}

/** Which days: moving with today, or one's own, and steps to the days before and after. */
export function PeriodChooser({ wish, days, onChange }: Props) {
  const t = useReportsTexts()
  const periods = usePeriodTexts()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const choose = (next: PeriodWish) => {
    setOpen(false)
    onChange(next)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const from = String(form.get('from'))
    const to = String(form.get('to'))
    if (isDay(from) && isDay(to)) choose(from <= to ? { from, to } : { from: to, to: from })
  }
  const { from, to } = days ?? {}
  const isWhole = from && to
  const named = wish.period ? (periods as Readonly<Record<string, string>>)[wish.period] : undefined
  const shown = isWhole ? format.shortRange(from, to) : days ? t.hiddenPeriod : ''
  const step = (way: -1 | 1) => {
    if (from && to) onChange(shiftPeriod({ from, to }, way))
  }
  return (
    <div className={classes.period}>
      <button
        type="button"
        className={classes.arrow}
        aria-label={t.earlier}
        disabled={!isWhole}
        onClick={() => step(-1)}
      >
        <IconChevronLeft size={18} />
      </button>
      <Popover
        opened={isOpen}
        onChange={setOpen}
        position="bottom-start"
        trapFocus
        returnFocus
        shadow="none"
      >
        <Popover.Target>
          <Button
            variant="default"
            size="compact-md"
            rightSection={<IconChevronDown size={14} />}
            onClick={() => setOpen(!isOpen)}
          >
            <span className="hb-hidden">{t.period} </span>
            {named ? <strong className={classes.periodName}>{named}</strong> : null}
            <span className={classes.periodDays}>{shown}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.periods!} aria-label={t.period}>
          <div className={classes.periodList}>
            {Object.entries(periods).map(([name, label]) => (
              <button
                key={name}
                type="button"
                aria-pressed={wish.period === name}
                onClick={() => choose({ period: name })}
              >
                {label}
              </button>
            ))}
          </div>
          <form className={classes.ownDays} onSubmit={submit} aria-label={t.ownDays}>
            <label>
              {t.from}
              <input type="date" name="from" defaultValue={from ?? ''} required />
            </label>
            <label>
              {t.to}
              <input type="date" name="to" defaultValue={to ?? ''} required />
            </label>
            <Button type="submit" size="compact-sm">
              {t.show}
            </Button>
          </form>
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={classes.arrow}
        aria-label={t.later}
        disabled={!isWhole}
        onClick={() => step(1)}
      >
        <IconChevronRight size={18} />
      </button>
    </div>
  )
}
