import type { ComponentProps } from 'react'
import classes from './decision.module.css'

type Props = ComponentProps<'div'> & { readonly isMade?: boolean }

/** A box about something that somebody has to decide, or has decided. */
export function Decision({ isMade = false, ...props }: Props) {
  return <div className={classes.decision} data-made={isMade || undefined} {...props} />
}
