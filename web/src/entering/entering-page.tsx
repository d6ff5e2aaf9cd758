import type { ReactNode } from 'react'
import { Mark } from '../frame/mark.tsx'
import classes from './entering.module.css'

/** The page before somebody is signed in. */
export function EnteringPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Mark size={32} />
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  )
}
