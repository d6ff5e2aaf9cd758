import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../api/session.ts'
import { useToday } from '../time/today.ts'
import classes from './approvals.module.css'
import { type ApprovalTab, approvalTabs } from './approvals-search.ts'
import { useApprovalsTexts } from './approvals-texts.ts'
import { Inbox } from './inbox.tsx'
import { OwnTimesheet } from './own-timesheet.tsx'
import { PeriodsPanel } from './periods-panel.tsx'

const route = getRouteApi('/inside/approvals')

/** Approvals: what waits for me, what I hand in, and what is closed for everybody. */
export function ApprovalsScreen() {
  const t = useApprovalsTexts()
  const me = useMe()
  const today = useToday()
  const { tab = 'inbox', person, day } = route.useSearch()
  const navigate = route.useNavigate()
  const tabs = approvalTabs.filter((one) => one !== 'periods' || me.role === 'administrator')
  const show = (next: ApprovalTab) =>
    void navigate({ search: next === 'inbox' ? {} : { tab: next } })
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t.title}</h1>
        <SegmentedControl
          aria-label={t.tabs}
          size="xs"
          value={tab}
          onChange={(value) => show(value as ApprovalTab)}
          data={tabs.map((one) => ({ value: one, label: t[one] }))}
        />
      </div>
      {tab === 'own' ? (
        <OwnTimesheet
          person={me.person.id}
          day={day ?? today}
          onDay={(next) => void navigate({ search: { tab, day: next } })}
        />
      ) : tab === 'periods' && me.role === 'administrator' ? (
        <PeriodsPanel />
      ) : (
        <Inbox
          open={person && day ? { person, day } : undefined}
          onOpen={(sheet) => void navigate({ search: { ...sheet }, replace: true })}
        />
      )}
    </div>
  )
}
