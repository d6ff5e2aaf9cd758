import { Outlet } from '@tanstack/react-router'
import { Notices } from '../parts/notices.tsx'
import { Checklist } from '../start/checklist.tsx'
import { AwayBanner } from './away-banner.tsx'
import classes from './frame.module.css'
import { useFrameTexts } from './frame-texts.ts'
import { Header } from './header.tsx'
import { PaletteDoor } from './palette-door.tsx'
import { Rail } from './rail.tsx'

/** What stands around every screen of somebody signed in. */
export function Frame() {
  const t = useFrameTexts()
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t.skip}
      </a>
      <Rail />
      <Header />
      <main id="main" className={classes.main} tabIndex={-1}>
        <AwayBanner />
        <Outlet />
      </main>
      <Checklist />
      <PaletteDoor />
      <Notices />
    </div>
  )
}
