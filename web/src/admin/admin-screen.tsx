import { NativeSelect } from '@mantine/core'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useMe } from '../api/session.ts'
import { useCommands } from '../frame/commands.ts'
import { StateMessage } from '../parts/states.tsx'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { mayAdminister, mayEnter, sectionAt, sectionGroups } from './sections.ts'
import { useUndoKeys } from './table/undo.ts'

/** The administration: its sections at the side, one of them beside them. */
export function AdminScreen() {
  const t = useAdminTexts()
  const me = useMe()
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const section = sectionAt(path)
  const groups = sectionGroups
    .map(({ id, sections }) => ({ id, sections: sections.filter((one) => mayEnter(me, one)) }))
    .filter(({ sections }) => sections.length > 0)
  useUndoKeys()
  useCommands(
    groups.flatMap(({ sections }) =>
      sections.map(({ id, to }) => ({
        id: `admin ${id}`,
        label: `${t.title}: ${t[id]}`,
        run: () => void navigate({ to }),
      })),
    ),
  )
  if (!mayAdminister(me) || (section && !mayEnter(me, section)))
    return (
      <>
        <h1 className="hb-hidden">{t.title}</h1>
        <StateMessage title={t.forbiddenTitle}>{t.forbiddenHint}</StateMessage>
      </>
    )
  return (
    <div className={classes.frame}>
      <nav className={classes.side} aria-label={t.sections}>
        {groups.map(({ id, sections }) => (
          <div key={id} className={classes.group}>
            <span className={classes.groupName}>{t[id]}</span>
            {sections.map((one) => (
              <Link
                key={one.id}
                to={one.to}
                className={classes.link!}
                activeProps={{ 'aria-current': 'page' }}
              >
                {t[one.id]}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className={classes.screen}>
        <NativeSelect
          className={classes.chooser}
          aria-label={t.sections}
          value={section?.to ?? ''}
          onChange={(event) => void navigate({ to: event.currentTarget.value })}
          data={[
            ...(section ? [] : [{ value: '', label: t.title }]),
            ...groups.map(({ id, sections }) => ({
              group: t[id],
              items: sections.map((one) => ({ value: one.to as string, label: t[one.id] })),
            })),
          ]}
        />
        <h1 className={classes.title}>{section ? t[section.id] : t.title}</h1>
        <Outlet />
      </div>
    </div>
  )
}
