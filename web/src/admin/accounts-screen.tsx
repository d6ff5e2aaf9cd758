import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { AccountLinks } from './account-links.tsx'
import {
  type Account,
  accountSource,
  accountsQuery,
  type Category,
  type Customer,
  categoriesQuery,
  categorySource,
  customerSource,
  customersQuery,
  readAllAccounts,
  readAllCustomers,
} from './accounts-query.ts'
import { accountStatuses, accountTabs } from './accounts-search.ts'
import { useAccountsTexts } from './accounts-texts.ts'
import classes from './admin.module.css'
import { isOneOf } from './is-one-of.ts'
import { ListBody } from './list-body.tsx'
import { SearchField } from './search-field.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { labelsOf, TableForms } from './table/table-forms.tsx'
import { useTableTexts } from './table/table-texts.ts'
import { useTableWrites } from './table/use-table-writes.ts'
import { Tabs } from './tabs.tsx'

const route = getRouteApi('/inside/admin/accounts')

/** What time is billed to: accounts, who pays for them, and how they count. */
export function AccountsScreen() {
  const t = useAccountsTexts()
  const { tab = 'accounts' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <Tabs
        label={t.tables}
        tabs={accountTabs}
        current={tab}
        nameOf={(one) => t[one]}
        onChange={(next) => void navigate({ search: next === 'accounts' ? {} : { tab: next } })}
      />
      {tab === 'accounts' ? <Accounts /> : tab === 'customers' ? <Customers /> : <Categories />}
    </>
  )
}

function useAccountColumns(): Column<Account>[] {
  const t = useAccountsTexts()
  const customers = useInfiniteQuery(customersQuery).data?.pages.flatMap(({ rows }) => rows) ?? []
  const categories = useInfiniteQuery(categoriesQuery).data?.pages.flatMap(({ rows }) => rows) ?? []
  const keyed = (rows: readonly { readonly key: string; readonly name: string }[]) =>
    rows.map(({ key, name }) => ({ value: key, label: name }))
  return [
    {
      id: 'key',
      label: t.key,
      kind: 'text',
      of: (row) => row.key,
      isRequired: true,
      hint: t.keyHint,
    },
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
    { id: 'lead', label: t.responsible, kind: 'person', of: (row) => row.lead, isRequired: true },
    {
      id: 'customer',
      label: t.customer,
      kind: 'choice',
      of: (row) => row.customer?.key ?? null,
      options: keyed(customers),
    },
    {
      id: 'category',
      label: t.category,
      kind: 'choice',
      of: (row) => row.category?.key ?? null,
      options: keyed(categories),
    },
    {
      id: 'monthlyBudget',
      label: t.budget,
      kind: 'number',
      of: (row) => row.monthlyBudget,
      most: 1_000_000_000_000,
    },
    {
      id: 'status',
      label: t.status,
      kind: 'choice',
      of: (row) => row.status,
      options: accountStatuses.map((one) => ({ value: one, label: t[one] })),
      isRequired: true,
      usual: 'open',
    },
    { id: 'isGlobal', label: t.isGlobal, kind: 'flag', of: (row) => row.isGlobal },
    {
      id: 'externalContact',
      label: t.contact,
      kind: 'text',
      of: (row) => row.contact?.displayName ?? row.externalContact,
      isAside: true,
    },
  ]
}

function Accounts() {
  const t = useAccountsTexts()
  const table = useTableTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(accountsQuery(search))
  const columns = useAccountColumns()
  const writes = useTableWrites(accountSource)
  const [panel, setPanel] = useState<'add' | 'import' | { id: string }>()
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const open = typeof panel === 'object' ? rows.find(({ id }) => id === panel.id) : undefined
  const add = <Button onClick={() => setPanel('add')}>{t.addAccount}</Button>
  return (
    <>
      <p className={classes.intro}>{t.lead}</p>
      <div className={classes.bar}>
        <SearchField
          label={t.search}
          value={search.text}
          onChange={(text) =>
            void navigate({
              search: ({ text: _, ...others }) => (text ? { ...others, text } : others),
              replace: true,
            })
          }
        />
        <NativeSelect
          label={t.status}
          value={search.status ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            void navigate({
              search: ({ status: _, ...others }) =>
                isOneOf(accountStatuses, value) ? { ...others, status: value } : others,
              replace: true,
            })
          }}
          data={[
            { value: '', label: t.anyStatus },
            ...accountStatuses.map((one) => ({ value: one, label: t[one] })),
          ]}
        />
        {add}
        <Button variant="default" onClick={() => setPanel('import')}>
          {table.importCsv}
        </Button>
      </div>
      <ListBody list={list} empty={{ title: t.noAccounts, hint: t.noAccountsHint }}>
        {(shown) => (
          <EditTable
            label={t.accounts}
            rows={shown}
            columns={columns}
            writes={writes}
            acts={(row) => (
              <RowAct label={t.detailsOf(row.key)} onAct={() => setPanel({ id: row.id })}>
                {t.details}
              </RowAct>
            )}
          />
        )}
      </ListBody>
      <TableForms
        panel={panel}
        addTitle={t.addAccount}
        columns={columns}
        writes={writes}
        file={{ ...files, name: 'accounts.csv', readAll: readAllAccounts }}
        onClose={() => setPanel(undefined)}
      />
      {open ? (
        <AccountLinks
          account={open}
          contact={columns.find(({ id }) => id === 'externalContact')}
          writes={writes}
          onClose={() => setPanel(undefined)}
        />
      ) : null}
    </>
  )
}

/** How files name accounts and customers, and which of them they mean. */
const files = {
  labels: labelsOf(
    useAccountsTexts.all,
    (texts) => ({
      key: texts.key,
      name: texts.name,
      lead: texts.responsible,
      customer: texts.customer,
      category: texts.category,
      monthlyBudget: texts.budget,
      status: texts.status,
      isGlobal: texts.isGlobal,
      externalContact: texts.contact,
    }),
    { lead: ['Account Lead'], key: ['Account Key'], name: ['Account Name'], isGlobal: ['Global'] },
  ),
  isIt: (row: { readonly key: string }, texts: Readonly<Record<string, string>>) =>
    row.key === texts.key,
}

function useKeyedColumns<R extends Customer | Category>(): Column<R>[] {
  const t = useAccountsTexts()
  return [
    { id: 'key', label: t.key, kind: 'text', of: (row) => row.key, isRequired: true },
    { id: 'name', label: t.name, kind: 'text', of: (row) => row.name, isRequired: true },
  ]
}

function Customers() {
  const t = useAccountsTexts()
  const table = useTableTexts()
  const list = useInfiniteQuery(customersQuery)
  const columns = useKeyedColumns<Customer>()
  const writes = useTableWrites(customerSource)
  const [panel, setPanel] = useState<'add' | 'import'>()
  const add = <Button onClick={() => setPanel('add')}>{t.addCustomer}</Button>
  return (
    <>
      <div className={classes.bar}>
        {add}
        <Button variant="default" onClick={() => setPanel('import')}>
          {table.importCsv}
        </Button>
      </div>
      <ListBody list={list} empty={{ title: t.noCustomers, hint: t.noCustomersHint }}>
        {(rows) => <EditTable label={t.customers} rows={rows} columns={columns} writes={writes} />}
      </ListBody>
      <TableForms
        panel={panel}
        addTitle={t.addCustomer}
        columns={columns}
        writes={writes}
        file={{ ...files, name: 'customers.csv', readAll: readAllCustomers }}
        onClose={() => setPanel(undefined)}
      />
    </>
  )
}

const categoryTypes = ['billable', 'capitalized', 'internal', 'operational'] as const

function Categories() {
  const t = useAccountsTexts()
  const list = useInfiniteQuery(categoriesQuery)
  const writes = useTableWrites(categorySource)
  const [adds, setAdds] = useState(false)
  const columns: Column<Category>[] = [
    ...useKeyedColumns<Category>(),
    {
      id: 'type',
      label: t.type,
      kind: 'choice',
      of: (row) => row.type,
      options: categoryTypes.map((one) => ({ value: one, label: t[one] })),
    },
  ]
  const add = <Button onClick={() => setAdds(true)}>{t.addCategory}</Button>
  return (
    <>
      <div className={classes.bar}>{add}</div>
      <ListBody list={list} empty={{ title: t.noCategories, hint: t.noCategoriesHint }}>
        {(rows) => <EditTable label={t.categories} rows={rows} columns={columns} writes={writes} />}
      </ListBody>
      {adds ? (
        <RowForm
          title={t.addCategory}
          columns={columns}
          writes={writes}
          onClose={() => setAdds(false)}
        />
      ) : null}
    </>
  )
}
