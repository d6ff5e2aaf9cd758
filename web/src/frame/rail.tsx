import {
  IconCalendarWeek,
  IconChecks,
  IconReportAnalytics,
  IconSettings,
  IconShieldCog,
  IconTimeline,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { mayAdminister } from '../admin/sections.ts'
import { useMe } from '../api/session.ts'
import { useCommands } from './commands.ts'
import classes from './frame.module.css'
import { useFrameTexts } from './frame-texts.ts'
import { Mark } from './mark.tsx'

/** The way to every screen: at the side, or at the bottom of a phone. A new screen adds a line. */
export function Rail() {
  const t = useFrameTexts()
  const me = useMe()
  const navigate = useNavigate()
  useCommands([{ id: 'team-home', label: t.teamHome, run: () => void navigate({ to: '/teams' }) }])
  const current = { activeProps: { 'aria-current': 'page' as const } }
  return (
    <nav className={classes.rail} aria-label={t.navigation}>
      <Link to="/week" className={classes.mark!} tabIndex={-1} aria-hidden>
        <Mark />
        <span>{t.product}</span>
      </Link>
      <Link to="/week" className={classes.item!} {...current}>
        <IconCalendarWeek size={20} stroke={1.6} />
        <span className={classes.long}>{t.week}</span>
        <span className={classes.short} aria-hidden>
          {t.weekShort}
        </span>
      </Link>
      <Link to="/planner" className={classes.item!} {...current}>
        <IconTimeline size={20} stroke={1.6} />
        <span>{t.planner}</span>
      </Link>
      <Link to="/reports" className={classes.item!} {...current}>
        <IconReportAnalytics size={20} stroke={1.6} />
        <span>{t.reports}</span>
      </Link>
      <Link to="/teams" className={classes.item!} {...current}>
        <IconUsersGroup size={20} stroke={1.6} />
        <span>{t.teams}</span>
      </Link>
      <Link to="/approvals" className={classes.item!} {...current}>
        <IconChecks size={20} stroke={1.6} />
        <span>{t.approvals}</span>
      </Link>
      <div className={classes.foot}>
        {mayAdminister(me) ? (
          <Link to="/admin" className={classes.item!} {...current}>
            <IconShieldCog size={20} stroke={1.6} />
            <span>{t.admin}</span>
          </Link>
        ) : null}
        <Link to="/settings" className={classes.item!} data-wide {...current}>
          <IconSettings size={20} stroke={1.6} />
          <span>{t.settings}</span>
        </Link>
      </div>
    </nav>
  )
}
