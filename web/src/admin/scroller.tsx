import type { ReactNode } from 'react'
import classes from './admin.module.css'

/** A table that may be wider than the page: whoever has only a keyboard scrolls it as well. */
export function Scroller({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
