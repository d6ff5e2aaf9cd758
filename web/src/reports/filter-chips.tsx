import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Choice, Chooser } from './chooser.tsx'
import { AddButton } from './report-builder.tsx'
import type { ReportNames } from './report-names.ts'
import classes from './reports.module.css'
import { valuesQuery } from './reports-query.ts'
import { type Among, type Named, type NamedFilter, namedFilters } from './reports-search.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly among: readonly Among[]
  readonly names: ReportNames
  readonly dimensions: readonly Choice[]
  readonly onChange: (among: readonly Among[]) => void
}

/** Which worklogs are counted: a chip for each dimension that is narrowed. */
export function FilterChips({ among, names, dimensions, onChange }: Props) {
  const t = useReportsTexts()
  // A filter that has no value yet says nothing in the address.
  const [fresh, setFresh] = useState<string>()
  const shown =
    fresh === undefined || among.some(({ dimension }) => dimension === fresh)
      ? among
      : [...among, { dimension: fresh, keys: [] }]
  const set = (dimension: string, keys: readonly string[]) => {
    const isThere = among.some((one) => one.dimension === dimension)
    const next = isThere
      ? among.map((one) => (one.dimension === dimension ? { dimension, keys } : one))
      : [...among, { dimension, keys }]
    if (keys.length === 0) setFresh(dimension)
    onChange(next.filter((one) => one.keys.length > 0))
  }
  return (
    <>
      {shown.map(({ dimension, keys }) => (
        <FilterChip
          key={dimension}
          dimension={dimension}
          keys={keys}
          names={names}
          isFresh={dimension === fresh}
          onSet={(next) => set(dimension, next)}
          onRemove={() => {
            setFresh(undefined)
            onChange(among.filter((one) => one.dimension !== dimension))
          }}
        />
      ))}
      <AddButton
        shelf={t.filters}
        choices={dimensions.filter(({ id }) => shown.every(({ dimension }) => dimension !== id))}
        onChoose={setFresh}
      />
    </>
  )
}

type NamedProps = {
  readonly named: Named
  readonly names: ReportNames
  readonly onChange: (named: Named) => void
}

const namedDimensions: Readonly<Record<NamedFilter, string>> = {
  author: 'person',
  group: 'group',
  excludeGroup: 'group',
  project: 'project',
  issue: 'issue',
}

/** Filters that a kept report has by name: shown as they are, and taken away as a whole. */
export function NamedChips({ named, names, onChange }: NamedProps) {
  const t = useReportsTexts()
  return namedFilters.map((filter) => {
    const values = named[filter]
    if (!values) return null
    const dimension = names.dimension(namedDimensions[filter])
    const name = filter === 'excludeGroup' ? t.without(dimension) : dimension
    const { [filter]: _, ...rest } = named
    return (
      <span key={filter} className={classes.chip} data-filter>
        <span className={classes.chipName}>{t.filterOf(name, values.join(', '))}</span>
        <button
          type="button"
          className={classes.chipRemove}
          aria-label={t.removeChip(name)}
          onClick={() => onChange(rest)}
        >
          <IconX size={13} />
        </button>
      </span>
    )
  })
}

type ChipProps = {
  readonly dimension: string
  readonly keys: readonly string[]
  readonly names: ReportNames
  readonly isFresh: boolean
  readonly onSet: (keys: readonly string[]) => void
  readonly onRemove: () => void
}

function FilterChip({ dimension, keys, names, isFresh, onSet, onRemove }: ChipProps) {
  const t = useReportsTexts()
  const [isOpen, setOpen] = useState(isFresh && keys.length === 0)
  const { data } = useQuery(valuesQuery(dimension))
  const choices: readonly Choice[] = (data?.rows ?? []).map((row) => {
    const key = row.keys[0] ?? ''
    const hint = row.hints[0]
    return {
      id: key,
      label: names.value(dimension, key, String(row.cells[0] ?? '')),
      ...(hint ? { hint } : {}),
    }
  })
  const labels = keys.map((key) => choices.find(({ id }) => id === key)?.label ?? '…')
  const name = names.dimension(dimension)
  const text =
    labels.length === 0 ? '…' : labels.length > 2 ? t.moreValues(labels.length) : labels.join(', ')
  return (
    <span className={classes.chip} data-filter>
      <Chooser
        label={t.filterBy(name)}
        choices={choices}
        chosen={keys}
        isOpen={isOpen}
        onOpen={setOpen}
        onChoose={(key) =>
          onSet(keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key])
        }
      >
        <button
          type="button"
          className={classes.chipName}
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          onKeyDown={(event) => {
            if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
          }}
        >
          {t.filterOf(name, text)}
        </button>
      </Chooser>
      <button
        type="button"
        className={classes.chipRemove}
        aria-label={t.removeChip(name)}
        tabIndex={-1}
        onClick={onRemove}
      >
        <IconX size={13} />
      </button>
    </span>
  )
}
