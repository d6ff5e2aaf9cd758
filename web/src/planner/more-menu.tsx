import { Button, Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronDown,
  IconInbox,
  IconPlus,
  IconUserSearch,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reasonOf } from '../api/problem.ts'
import { useCommands } from '../frame/commands.ts'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { createDraft, draftsQuery } from './draft-query.ts'
import classes from './planner.module.css'
import { usePlannerTexts } from './planner-texts.ts'

type Props = {
  readonly draft: string | undefined
  readonly onDraft: (id: string | undefined) => void
  readonly onPanel: (which: 'find' | 'backlog') => void
  readonly onUndo: () => void
  readonly onRedo: () => void
}

/** What one plans with: who can do it, what waits to be scheduled, the drafts one has, the way back. */
export function MoreMenu({ draft, onDraft, onPanel, onUndo, onRedo }: Props) {
  const t = usePlannerTexts()
  const format = useFormat()
  const [isShown, setShown] = useState(false)
  const { data: drafts = [] } = useQuery({ ...draftsQuery, enabled: isShown })
  const begin = async () => {
    try {
      onDraft((await createDraft(t.draftOf(format.moment(new Date().toISOString())))).id)
    } catch (error) {
      notify({ kind: 'bad', text: reasonOf(error) })
    }
  }
  useCommands([
    { id: 'planner-who', label: t.who, run: () => onPanel('find') },
    { id: 'planner-backlog', label: t.backlog, run: () => onPanel('backlog') },
    { id: 'planner-draft', label: t.newDraft, run: () => void begin() },
    { id: 'planner-undo', label: t.undo, shortcut: 'Ctrl Z', run: onUndo },
    { id: 'planner-redo', label: t.redo, shortcut: 'Ctrl Shift Z', run: onRedo },
  ])
  const mark = (is: boolean) => (is ? <IconCheck size={16} /> : null)
  return (
    <Menu position="bottom-end" width={280} opened={isShown} onChange={setShown}>
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<IconChevronDown size={14} />}>
          {t.more}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu!}>
        <Menu.Item leftSection={<IconUserSearch size={16} />} onClick={() => onPanel('find')}>
          {t.who}
        </Menu.Item>
        <Menu.Item leftSection={<IconInbox size={16} />} onClick={() => onPanel('backlog')}>
          {t.backlog}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t.drafts}</Menu.Label>
        <Menu.Item rightSection={mark(draft === undefined)} onClick={() => onDraft(undefined)}>
          {t.noDraft}
        </Menu.Item>
        {drafts.map(({ id, name, changes }) => (
          <Menu.Item key={id} rightSection={mark(draft === id)} onClick={() => onDraft(id)}>
            {name} · {t.changes(changes)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => void begin()}>
          {t.newDraft}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={onUndo}>
          {t.undo}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowForwardUp size={16} />} onClick={onRedo}>
          {t.redo}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
