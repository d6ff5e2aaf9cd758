import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Attribute, attributesQuery } from '../api/attributes-query.ts'
import { call } from '../api/client.ts'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useAttributesTexts } from './attributes-texts.ts'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { type Source, useTableWrites } from './table/use-table-writes.ts'

type Option = Attribute['options'][number]

const pathOf = ({ key }: Attribute) => `/attributes/${encodeURIComponent(key)}`

const source: Source<Attribute> = {
  queryKey: ['attributes'],
  nameOf: ({ name }) => name,
  create: (body) => call('POST', '/attributes', { body }),
  change: (row, body, ifVersion) => call('PATCH', pathOf(row), { body, ifVersion }),
  remove: (row) => call('DELETE', pathOf(row)),
  again: ({ key, name, type, isRequired, options }) => ({
    key,
    name,
    type,
    isRequired,
    ...(type === 'static-list' ? { options } : {}),
  }),
}

const types = [
  'account',
  'checkbox',
  'dynamic-dropdown',
  'input-field',
  'input-numeric',
  'static-list',
] as const

/** What worklogs carry beside their own fields. */
export function AttributesScreen() {
  const t = useAttributesTexts()
  const format = useFormat()
  const { data, error, isPending, refetch } = useQuery(attributesQuery)
  const writes = useTableWrites(source)
  const [adds, setAdds] = useState(false)
  const [open, setOpen] = useState<string>()
  const columns: Column<Attribute>[] = [
    {
      id: 'key',
      label: t.key,
      kind: 'text',
      of: (row) => row.key,
      isRequired: true,
      isFixed: true,
      hint: t.keyHint,
    },
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    {
      id: 'type',
      label: t.type,
      kind: 'choice',
      of: (row) => row.type,
      options: types.map((one) => ({ value: one, label: t[one] })),
      isRequired: true,
      isFixed: true,
      usual: 'input-field',
    },
    { id: 'isRequired', label: t.isRequired, kind: 'flag', of: (row) => row.isRequired },
  ]
  if (isPending) return <Skeleton lines={8} height={24} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const add = <Button onClick={() => setAdds(true)}>{t.add}</Button>
  const shown = data.attributes.find(({ key }) => key === open)
  return (
    <>
      <p className={classes.intro}>{t.lead}</p>
      {data.attributes.length === 0 ? (
        <StateMessage title={t.none} actions={add}>
          {t.noneHint}
        </StateMessage>
      ) : (
        <>
          <div className={classes.bar}>{add}</div>
          <EditTable
            label={t.table}
            rows={data.attributes}
            columns={columns}
            writes={writes}
            acts={(row) =>
              row.type === 'static-list' ? (
                <RowAct
                  label={`${t.count(format.number(row.options.length))}: ${t.optionsOf(row.name)}`}
                  onAct={() => setOpen(row.key)}
                >
                  {t.count(format.number(row.options.length))}
                </RowAct>
              ) : null
            }
          />
        </>
      )}
      {adds ? (
        <RowForm
          title={t.add}
          columns={columns}
          writes={writes}
          onClose={(made) => {
            setAdds(false)
            if (made?.type === 'static-list') setOpen(made.key)
          }}
        />
      ) : null}
      {shown ? <Options of={shown} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

/** The choices of a list: rows of a table that are written together. */
function Options({ of, onClose }: { of: Attribute; onClose: () => void }) {
  const t = useAttributesTexts()
  const [adds, setAdds] = useState(false)
  const put = async (options: readonly Option[]) => {
    await call('PATCH', pathOf(of), { body: { options }, ifVersion: of.version })
  }
  const rowOf = (option: Option) => ({ ...option, id: option.value })
  const optionOf = ({ value, label }: Option) => ({ value, label })
  const writes = useTableWrites<Option & { readonly id: string }>({
    queryKey: ['attributes'],
    nameOf: ({ label }) => label,
    async create(body) {
      const option = optionOf(body as Option)
      await put([...of.options, option])
      return rowOf(option)
    },
    async change(row, body) {
      const option = { ...optionOf(row), ...body }
      await put(of.options.map((one) => (one.value === row.value ? option : one)))
      return rowOf(option)
    },
    remove: (row) => put(of.options.filter(({ value }) => value !== row.value)),
    again: optionOf,
  })
  const columns: Column<Option>[] = [
    {
      id: 'value',
      label: t.value,
      kind: 'text',
      of: (row) => row.value,
      isRequired: true,
      isFixed: true,
    },
    { id: 'label', label: t.label, kind: 'text', of: (row) => row.label, isRequired: true },
  ]
  return (
    <SidePanel title={t.optionsOf(of.name)} onClose={onClose}>
      <p className={classes.lead}>{t.optionsLead}</p>
      <div>
        <Button onClick={() => setAdds(true)}>{t.addOption}</Button>
      </div>
      {of.options.length === 0 ? (
        <p className={classes.lead}>{t.noOptions}</p>
      ) : (
        <EditTable
          label={t.optionsOf(of.name)}
          rows={of.options.map(rowOf)}
          columns={columns}
          writes={writes}
        />
      )}
      {adds ? (
        <RowForm
          title={t.addOption}
          columns={columns}
          writes={writes}
          onClose={() => setAdds(false)}
        />
      ) : null}
    </SidePanel>
  )
}
