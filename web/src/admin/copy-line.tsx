import { Button } from '@mantine/core'
import { notify } from '../parts/notices.tsx'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'

/** A text to take away: as it is, with a button that copies it. */
export function CopyLine({
  text,
  shown = text,
  label,
}: {
  text: string
  shown?: string
  label: string
}) {
  const t = useAdminTexts()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      notify({ text: t.copied })
    } catch {
      notify({ kind: 'bad', text: t.notCopied })
    }
  }
  return (
    <div className={classes.code}>
      <code>{shown}</code>
      <Button size="compact-sm" variant="default" aria-label={label} onClick={() => void copy()}>
        {t.copy}
      </Button>
    </div>
  )
}
