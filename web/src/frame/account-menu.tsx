import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { reasonOf } from '../api/problem.ts'
import { signOut, useMe } from '../api/session.ts'
import { notify } from '../parts/notices.tsx'
import { changePreferences } from '../preferences/preferences.ts'
import { useLanguage } from '../texts/language.ts'
import classes from './frame.module.css'
import { useFrameTexts } from './frame-texts.ts'

/** Who you are, how it looks, and the way out. */
export function AccountMenu() {
  const t = useFrameTexts()
  const { person } = useMe()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const language = useLanguage()
  const initials = initialsOf(person.displayName)
  const chosen = (is: boolean) => (is ? <IconCheck size={16} /> : null)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.face} aria-label={`${initials}, ${t.account}`}>
          {initials}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.displayName}</Menu.Label>
        <Menu.Item onClick={() => void navigate({ to: '/settings' })}>{t.settings}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t.theme}</Menu.Label>
        {(
          [
            ['auto', t.themeAuto],
            ['light', t.themeLight],
            ['dark', t.themeDark],
          ] as const
        ).map(([scheme, label]) => (
          <Menu.Item
            key={scheme}
            rightSection={chosen(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t.language}</Menu.Label>
        <Menu.Item
          rightSection={chosen(language === 'en')}
          onClick={() => changePreferences({ language: 'en' })}
        >
          {t.english}
        </Menu.Item>
        <Menu.Item
          rightSection={chosen(language === 'de')}
          onClick={() => changePreferences({ language: 'de' })}
        >
          {t.german}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          onClick={() =>
            void signOut().catch((error: unknown) => notify({ kind: 'bad', text: reasonOf(error) }))
          }
        >
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/[\s,]+/).filter((word) => word !== '')
  const last = words.length > 1 ? words.at(-1) : undefined
  return `${words[0]?.[0] ?? '?'}${last?.[0] ?? ''}`.toUpperCase()
}
