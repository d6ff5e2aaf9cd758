import type { MantineColorSchemeManager } from '@mantine/core'
import { changePreferences, getPreferences, onPreferences } from './preferences.ts'

let stop = () => {}

/** Light and dark are a preference like any other. */
export const colorSchemes: MantineColorSchemeManager = {
  get: () => getPreferences().theme,
  set: (theme) => changePreferences({ theme }),
  subscribe(onUpdate) {
    stop = onPreferences(() => onUpdate(getPreferences().theme))
  },
  unsubscribe: () => stop(),
  clear: () => changePreferences({ theme: 'auto' }),
}
