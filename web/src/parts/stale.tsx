import { Button } from '@mantine/core'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './decision.module.css'
import { Decision } from './decision.tsx'

type Props = {
  /** How it stands now. */
  readonly text: string
  readonly onReload: () => void
  /** Goes on with what is typed, knowing of the other. */
  readonly onKeep?: () => void
}

/** Somebody else was faster: how it stands now, and the ways on from there. */
export function Stale({ text, onReload, onKeep }: Props) {
  const shared = useSharedTexts()
  return (
    <Decision role="alert">
      <strong>{shared.staleTitle}</strong>
      <p>{text}</p>
      <div className={classes.acts}>
        <Button size="xs" variant="default" onClick={onReload}>
          {shared.reload}
        </Button>
        {onKeep ? (
          <Button size="xs" variant="subtle" onClick={onKeep}>
            {shared.keepMine}
          </Button>
        ) : null}
      </div>
    </Decision>
  )
}
