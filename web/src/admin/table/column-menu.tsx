import { ActionIcon, Popover } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { changePreferences, usePreferences } from '../../preferences/preferences.ts'
import { NameChecks } from '../name-checks.tsx'
import type { Column } from './column.ts'
import { useTableTexts } from './table-texts.ts'

/** Fewer columns than this are all shown. */
const fewest = 3

type Choosable = Pick<Column<never>, 'id' | 'label' | 'isRequired' | 'isAside'>

/** Which columns of a table a person sees; what a row cannot be without always stays. */
export function useShownColumns<C extends Choosable>(
  queryKey: readonly unknown[],
  columns: readonly C[],
) {
  const { hiddenColumns } = usePreferences()
  const table = queryKey.filter((part) => /^[a-z][a-z-]*$/.test(String(part))).join('-')
  const hidden = hiddenColumns[table] ?? []
  const all = columns.filter(({ isAside }) => !isAside)
  const choices = all.filter(({ isRequired }, at) => at > 0 && !isRequired)
  const isHidden = (column: C) => choices.includes(column) && hidden.includes(column.id)
  return {
    shown: all.filter((column) => !isHidden(column)),
    choices: choices.length < fewest ? [] : choices,
    isHidden,
    toggle(column: C) {
      const others = hidden.filter((id) => id !== column.id)
      const next = isHidden(column) ? others : [...others, column.id]
      changePreferences({ hiddenColumns: { [table]: next } })
    },
  }
}

type Props<C extends Choosable> = Omit<ReturnType<typeof useShownColumns<C>>, 'shown'>

/** Chooses the columns of a table, on every machine of the person. */
export function ColumnMenu<C extends Choosable>({ choices, isHidden, toggle }: Props<C>) {
  const t = useTableTexts()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      shadow="none"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t.columns}
          title={t.columns}
          onClick={() => setOpen(!isOpen)}
        >
          <IconColumns3 size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.columns}>
        <NameChecks
          items={choices.map(({ id, label }) => ({ id, name: label }))}
          chosen={choices.filter((column) => !isHidden(column)).map(({ id }) => id)}
          onToggle={(id) => {
            const column = choices.find((one) => one.id === id)
            if (column) toggle(column)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
