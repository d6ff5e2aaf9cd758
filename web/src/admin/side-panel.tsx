import type { ComponentProps } from 'react'
import { SideDrawer } from '../parts/side-drawer.tsx'
import classes from './admin.module.css'

/** What belongs to one row, beside the table. */
export function SidePanel({ children, ...props }: ComponentProps<typeof SideDrawer>) {
  return (
    <SideDrawer {...props}>
      <div className={classes.form}>{children}</div>
    </SideDrawer>
  )
}
