import { Checkbox, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Attribute } from '../api/attributes-query.ts'
import { call, queryOf } from '../api/client.ts'
import { useAttributeTexts } from './attribute-texts.ts'
import { type AttributeValues, fieldName } from './attribute-values.ts'
import classes from './week.module.css'

type Props = {
  readonly attributes: readonly Attribute[]
  readonly values: AttributeValues
  readonly problems: ReadonlyMap<string, string>
  readonly canWrite: boolean
}

const longest = 4_000

/** A field for each work attribute of the site, by its type. */
export function AttributeFields({ attributes, values, problems, canWrite }: Props) {
  if (attributes.length === 0) return null
  const firstWrong = attributes.find(({ key }) => problems.has(key))
  return (
    <div className={classes.attributes}>
      {attributes.map((attribute) => (
        <AttributeField
          key={attribute.key}
          attribute={attribute}
          value={values[attribute.key]}
          problem={problems.get(attribute.key)}
          isFirstWrong={attribute === firstWrong}
          canWrite={canWrite}
        />
      ))}
    </div>
  )
}

type FieldProps = {
  readonly attribute: Attribute
  readonly value: string | undefined
  readonly problem: string | undefined
  readonly isFirstWrong: boolean
  readonly canWrite: boolean
}

function AttributeField(props: FieldProps) {
  const { attribute, value, problem, isFirstWrong, canWrite } = props
  const { key, name, type, isRequired, options } = attribute
  const common = {
    name: fieldName(key),
    label: name,
    error: problem,
    // The browser's own bubbles would come before our words.
    withAsterisk: isRequired,
    'aria-required': isRequired,
    autoFocus: isFirstWrong,
  }
  switch (type) {
    case 'checkbox':
      return (
        <Checkbox
          className={classes.tick!}
          name={common.name}
          label={name}
          error={problem}
          value="true"
          defaultChecked={value === 'true'}
          disabled={!canWrite}
          autoFocus={isFirstWrong}
        />
      )
    case 'static-list': {
      const known = options.some((one) => one.value === value)
      const all = value === undefined || known ? options : [...options, { value, label: value }]
      return (
        <Select
          {...common}
          defaultValue={value ?? null}
          data={all.map((one) => ({ ...one }))}
          readOnly={!canWrite}
          clearable={!isRequired && canWrite}
          searchable={options.length > 10}
        />
      )
    }
    case 'account':
      return <AccountField {...common} value={value} canWrite={canWrite} />
    default:
      return (
        <TextInput
          {...common}
          defaultValue={value ?? ''}
          inputMode={type === 'input-numeric' ? 'decimal' : 'text'}
          maxLength={longest}
          readOnly={!canWrite}
        />
      )
  }
}

type AccountProps = {
  readonly name: string
  readonly label: string
  readonly error: string | undefined
  readonly withAsterisk: boolean
  readonly 'aria-required': boolean
  readonly autoFocus: boolean
  readonly value: string | undefined
  readonly canWrite: boolean
}

type Named = { readonly key: string; readonly name: string }

/** One of the open accounts, found by a part of its key or name. */
function AccountField({ value, canWrite, ...field }: AccountProps) {
  const t = useAttributeTexts()
  const [chosen, setChosen] = useState<Named | null>(
    value === undefined ? null : { key: value, name: '' },
  )
  const [text, setText] = useState('')
  const wanted = chosen && text === textOf(chosen) ? '' : text.trim()
  const { data } = useQuery({
    queryKey: ['accounts', 'choice', wanted],
    queryFn: ({ signal }) =>
      call<{ accounts: readonly Named[] }>(
        'GET',
        `/accounts${queryOf({ text: wanted || undefined, status: 'open', limit: 20 })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
    enabled: canWrite,
  })
  const found = data?.accounts ?? []
  const all = chosen && !found.some(({ key }) => key === chosen.key) ? [chosen, ...found] : found
  return (
    <Select
      {...field}
      value={chosen?.key ?? null}
      onChange={(key) => setChosen(all.find((one) => one.key === key) ?? null)}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      data={all.map((one) => ({ value: one.key, label: textOf(one) }))}
      nothingFoundMessage={t.noAccount}
      readOnly={!canWrite}
      clearable={canWrite}
      searchable={canWrite}
    />
  )
}

function textOf({ key, name }: Named): string {
  return name === '' ? key : `${key} ${name}`
}
