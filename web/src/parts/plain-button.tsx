import type { ComponentProps } from 'react'
import classes from './plain-button.module.css'

/** A button that reads like a link among the words around it. */
export function PlainButton(props: ComponentProps<'button'>) {
  return <button type="button" className={classes.plain} {...props} />
}
