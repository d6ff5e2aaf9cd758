import { ActionIcon, Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { changePreferences, usePreferences } from '../../preferences/preferences.ts'
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
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t.columns}
          title={t.columns}
        >
          <IconColumns3 size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.columns}</Menu.Label>
        {choices.map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={!isHidden(column)}
            onChange={() => toggle(column)}
          >
            {column.label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
