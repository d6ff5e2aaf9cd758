import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import { useMe } from '../api/session.ts'
import { changePreferences, usePreferences } from '../preferences/preferences.ts'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './settings.module.css'
import { useSettingsTexts } from './settings-texts.ts'

const aMonday = '2024-03-04'
const anAfternoon = '15:30'

/** What calendars somewhere in the world begin with: Monday, Saturday, Sunday. */
const weekdays = [1, 6, 7] as const

/** How it looks and speaks, here and on every other machine one signs in on. */
export function PreferenceForm() {
  const t = useSettingsTexts()
  const format = useFormat()
  const { site } = useMe()
  const { theme, language, firstWeekday, clock, hours } = usePreferences()
  const dayOf = (weekday: number) => format.longDayName(addDays(aMonday, weekday - 1))
  return (
    <div className={classes.choices}>
      <Choice
        label={t.theme}
        value={theme}
        onChange={(value) => changePreferences({ theme: value })}
        options={[
          ['auto', t.themeAuto],
          ['light', t.themeLight],
          ['dark', t.themeDark],
        ]}
      />
      <Choice
        label={t.language}
        value={language ?? ''}
        onChange={(value) => changePreferences({ language: value === '' ? null : value })}
        options={[
          ['', t.asBrowser],
          ['en', t.english],
          ['de', t.german],
        ]}
      />
      <Choice
        label={t.hours}
        value={hours}
        onChange={(value) => changePreferences({ hours: value })}
        options={[
          ['clock', t.asClock],
          ['decimal', t.asDecimal],
        ]}
      />
      <Choice
        label={t.clock}
        value={clock ?? ''}
        onChange={(value) => changePreferences({ clock: value === '' ? null : value })}
        options={[
          ['', t.asLanguage],
          ['24', t.clock24],
          ['12', t.clock12],
        ]}
        hint={format.clock(anAfternoon)}
      />
      <NativeSelect
        label={t.firstWeekday}
        description={t.firstWeekdayHint}
        inputWrapperOrder={['label', 'input', 'description']}
        value={firstWeekday ?? ''}
        onChange={({ currentTarget: { value } }) =>
          changePreferences({ firstWeekday: value === '' ? null : Number(value) })
        }
        data={[
          { value: '', label: t.asSite(dayOf(site.firstWeekday)) },
          ...weekdays.map((day) => ({ value: String(day), label: dayOf(day) })),
        ]}
      />
    </div>
  )
}

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  readonly options: readonly (readonly [T, string])[]
  readonly hint?: string
}

function Choice<T extends string>({ label, value, onChange, options, hint }: ChoiceProps<T>) {
  const id = useId()
  return (
    <div className={classes.choice}>
      <h3 id={id}>{label}</h3>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        onChange={(wanted) => onChange(wanted as T)}
        data={options.map(([one, text]) => ({ value: one, label: text }))}
      />
      {hint === undefined ? null : <p>{hint}</p>}
    </div>
  )
}
