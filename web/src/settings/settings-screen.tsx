import { PasswordForm } from './password-form.tsx'
import { PreferenceForm } from './preference-form.tsx'
import { SessionList } from './session-list.tsx'
import classes from './settings.module.css'
import { useSettingsTexts } from './settings-texts.ts'

/** What is one's own: how it looks, the password, where one is signed in. */
export function SettingsScreen() {
  const t = useSettingsTexts()
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>{t.title}</h1>
      <section className={classes.section} aria-labelledby="settings-look">
        <h2 id="settings-look">{t.look}</h2>
        <p className={classes.hint}>{t.lookHint}</p>
        <PreferenceForm />
      </section>
      <section className={classes.section} aria-labelledby="settings-password">
        <h2 id="settings-password">{t.password}</h2>
        <PasswordForm />
      </section>
      <div className={classes.section}>
        <h2>{t.sessions}</h2>
        <SessionList />
      </div>
    </div>
  )
}
