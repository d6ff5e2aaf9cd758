import { SegmentedControl } from '@mantine/core'
import { setHoursFormat, useHoursFormat } from '../time/hours-format.ts'
import { PasswordForm } from './password-form.tsx'
import { SessionList } from './session-list.tsx'
import classes from './settings.module.css'
import { useSettingsTexts } from './settings-texts.ts'

/** What is one's own: how hours look, the password, where one is signed in. */
export function SettingsScreen() {
  const t = useSettingsTexts()
  const hours = useHoursFormat()
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>{t.title}</h1>
      <section className={classes.section} aria-labelledby="settings-hours">
        <h2 id="settings-hours">{t.hours}</h2>
        <SegmentedControl
          aria-labelledby="settings-hours"
          value={hours}
          onChange={(value) => setHoursFormat(value === 'decimal' ? 'decimal' : 'clock')}
          data={[
            { value: 'clock', label: t.asClock },
            { value: 'decimal', label: t.asDecimal },
          ]}
        />
      </section>
      <section className={classes.section} aria-labelledby="settings-password">
        <h2 id="settings-password">{t.password}</h2>
        <PasswordForm />
      </section>
      <section className={classes.section} aria-labelledby="settings-sessions">
        <h2 id="settings-sessions">{t.sessions}</h2>
        <SessionList />
      </section>
    </div>
  )
}
