import { useServerAway } from '../api/connection.ts'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './frame.module.css'

/** Says that the server is away, and that nothing entered is lost. */
export function AwayBanner() {
  const t = useSharedTexts()
  const isAway = useServerAway()
  return (
    <div role="status">
      {isAway ? (
        <div className={classes.away}>
          <strong>{t.awayTitle}.</strong> {t.awayHint}
        </div>
      ) : null}
    </div>
  )
}
