import { Button, Menu, Modal } from '@mantine/core'
import { IconChevronDown, IconTerminal2 } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { download } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { curlLine } from './report-definition.ts'
import classes from './reports.module.css'
import { useReportsTexts } from './reports-texts.ts'

/** The report as a file, or as the line that gives the same numbers. */
export function ExportMenu({ definition }: { definition: ReportDefinitionBody }) {
  const t = useReportsTexts()
  const shared = useSharedTexts()
  const [isScript, setScript] = useState(false)
  const save = async (format: string) => {
    try {
      notify({ text: t.exported(await download(`/reports/export?format=${format}`, definition)) })
    } catch (error) {
      notify({ kind: 'bad', text: reasonOf(error) })
    }
  }
  const line = curlLine(window.location.origin, definition)
  const copy = async () => {
    await navigator.clipboard?.writeText(line)
    notify({ text: shared.copied })
  }
  return (
    <>
      <Menu position="bottom-end" shadow="none">
        <Menu.Target>
          <Button variant="default" size="compact-md" rightSection={<IconChevronDown size={14} />}>
            {t.exporting}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save('csv')}>{t.exportCsv}</Menu.Item>
          <Menu.Item onClick={() => void save('xlsx')}>{t.exportXlsx}</Menu.Item>
          <Menu.Item onClick={() => void save('html')}>{t.exportHtml}</Menu.Item>
          <Menu.Item onClick={() => void save('json')}>{t.exportJson}</Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={() => setScript(true)}>
            {t.asScript}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isScript}
        onClose={() => setScript(false)}
        title={t.asScript}
        size="lg"
        closeButtonProps={{ 'aria-label': shared.close }}
      >
        <p className={classes.note}>{t.scriptHint}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre className={classes.script} tabIndex={0}>
          {line}
        </pre>
        <Button onClick={() => void copy()} data-autofocus>
          {t.copyLine}
        </Button>
      </Modal>
    </>
  )
}
