import { Link, Outlet } from '@tanstack/react-router'
import { useMe } from '../api/session.ts'
import { StateMessage } from '../parts/states.tsx'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'

/** The administration: its sections at the top, one of them below. */
export function AdminScreen() {
  const t = useAdminTexts()
  const me = useMe()
  if (me.role !== 'administrator')
    return <StateMessage title={t.forbiddenTitle}>{t.forbiddenHint}</StateMessage>
  const current = { className: classes.tab!, activeProps: { 'aria-current': 'page' as const } }
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>{t.title}</h1>
      <nav className={classes.tabs} aria-label={t.sections}>
        <Link to="/admin/tokens" {...current}>
          {t.tokens}
        </Link>
        <Link to="/admin/scripts" {...current}>
          {t.scripts}
        </Link>
        <Link to="/admin/connections" {...current}>
          {t.connections}
        </Link>
        <Link to="/admin/people" {...current}>
          {t.people}
        </Link>
        <Link to="/admin/audit" {...current}>
          {t.audit}
        </Link>
      </nav>
      <Outlet />
    </div>
  )
}
