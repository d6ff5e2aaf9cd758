import { IconSearch } from '@tabler/icons-react'
import { TimerPlace } from '../timer/timer-place.tsx'
import { AccountMenu } from './account-menu.tsx'
import classes from './frame.module.css'
import { useFrameTexts } from './frame-texts.ts'
import { openPalette } from './palette-state.ts'
import { WeekTotal } from './week-total.tsx'

/** The bar above every screen: search, what runs, who you are. */
export function Header() {
  const t = useFrameTexts()
  return (
    <header className={classes.header}>
      <button type="button" className={classes.search} onClick={openPalette}>
        <IconSearch size={16} stroke={1.8} />
        <span>{t.search}</span>
        <kbd>{paletteKeys}</kbd>
      </button>
      <div className={classes.places}>
        <TimerPlace />
        <WeekTotal />
        <AccountMenu />
      </div>
    </header>
  )
}

const paletteKeys = /Mac|iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K'
