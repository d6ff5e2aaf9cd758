import { IconCheck, IconChevronDown, IconListCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import { useFormat } from '../time/format.ts'
import classes from './start.module.css'
import { firstStartQuery } from './start-query.ts'
import { useStartTexts } from './start-texts.ts'

const hiddenKey = 'hourbook.checklist'

/** In the corner of an administrator's screen until a new site has all it needs. */
export function Checklist() {
  const me = useMe()
  const [isHidden, setHidden] = useState(() => localStorage.getItem(hiddenKey) === 'hidden')
  if (me.role !== 'administrator' || isHidden) return null
  const hide = () => {
    localStorage.setItem(hiddenKey, 'hidden')
    setHidden(true)
  }
  return <Steps onHide={hide} />
}

const places = {
  work: '/start',
  people: '/admin/people',
  teams: '/admin/teams',
  holidays: '/admin/holidays',
  hours: '/week',
} as const

function Steps({ onHide }: { onHide: () => void }) {
  const t = useStartTexts()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(firstStartQuery)
  const done = data?.steps.filter(({ isDone }) => isDone).length ?? 0
  if (!data || done === data.steps.length) return null
  const names = { ...t, people: t.everybody }
  return (
    <aside className={classes.checklist} aria-label={t.checklist}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.pill}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconListCheck size={18} stroke={1.6} aria-hidden />
          {t.checklist}
          <strong>{t.progress(format.number(done), format.number(data.steps.length))}</strong>
          <IconChevronDown size={16} stroke={1.6} aria-hidden data-open={isOpen || undefined} />
        </button>
        {isOpen ? (
          <button type="button" className={classes.hide} aria-label={t.hide} onClick={onHide}>
            <IconX size={16} stroke={1.8} aria-hidden />
          </button>
        ) : null}
      </div>
      {isOpen ? (
        <ol className={classes.steps}>
          {data.steps.map(({ id, isDone }) => (
            <li key={id} data-done={isDone || undefined}>
              <span className={classes.mark} aria-hidden>
                {isDone ? <IconCheck size={14} stroke={2.4} /> : null}
              </span>
              {isDone ? (
                <span>
                  {names[id]}
                  <span className="hb-hidden">{`, ${t.done}`}</span>
                </span>
              ) : (
                <Link to={places[id]}>{names[id]}</Link>
              )}
            </li>
          ))}
        </ol>
      ) : null}
    </aside>
  )
}
