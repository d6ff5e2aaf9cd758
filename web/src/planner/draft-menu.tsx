import { Button, Menu } from '@mantine/core'
import { IconCheck, IconGitBranch, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { createDraft, draftsQuery } from './draft-query.ts'
import { usePlannerTexts } from './planner-texts.ts'

type Props = {
  readonly open: string | undefined
  readonly onOpen: (id: string | undefined) => void
}

/** The drafts one has, what is planned indeed, and a new draft. */
export function DraftMenu({ open, onOpen }: Props) {
  const t = usePlannerTexts()
  const format = useFormat()
  const [isShown, setShown] = useState(false)
  const { data: drafts = [] } = useQuery({ ...draftsQuery, enabled: isShown })
  const begin = async () => {
    try {
      onOpen((await createDraft(t.draftOf(format.moment(new Date().toISOString())))).id)
    } catch (error) {
      notify({ kind: 'bad', text: reasonOf(error) })
    }
  }
  const mark = (is: boolean) => (is ? <IconCheck size={16} /> : null)
  return (
    <Menu position="bottom-end" width={280} opened={isShown} onChange={setShown}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconGitBranch size={16} />}>
          {t.drafts}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={mark(open === undefined)} onClick={() => onOpen(undefined)}>
          {t.noDraft}
        </Menu.Item>
        {drafts.map(({ id, name, changes }) => (
          <Menu.Item key={id} rightSection={mark(open === id)} onClick={() => onOpen(id)}>
            {name} · {t.changes(changes)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => void begin()}>
          {t.newDraft}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
