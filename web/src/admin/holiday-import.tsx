import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { importHolidays, type Place, placesQuery, publicHolidaysQuery } from './holidays-query.ts'
import { useHolidaysTexts } from './holidays-texts.ts'
import { SidePanel } from './side-panel.tsx'

type Props = {
  readonly scheme: { readonly id: string; readonly name: string }
  readonly year: number
  readonly onClose: () => void
}

/** Takes over the public holidays of a country, a state, a region: shown before they come. */
export function HolidayImport({ scheme, year, onClose }: Props) {
  const t = useHolidaysTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const client = useQueryClient()
  const [place, setPlace] = useState<Place>()
  const { country, state } = place ?? {}
  const countries = useQuery(placesQuery({}))
  const states = useQuery(placesQuery(country ? { country } : {}, country !== undefined))
  const regions = useQuery(
    placesQuery(country && state ? { country, state } : {}, state !== undefined),
  )
  const preview = useQuery(publicHolidaysQuery(place, year))
  const run = useMutation({
    mutationFn: (years: { fromYear: number; toYear: number }) =>
      importHolidays(scheme.id, { ...place!, ...years }),
    onSuccess({ holidays }) {
      notify({ text: t.imported(format.number(holidays.length)) })
      void client.invalidateQueries({ queryKey: ['holiday-schemes'] })
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    run.mutate({ fromYear: Number(form.get('fromYear')), toYear: Number(form.get('toYear')) })
  }
  const problem = run.error instanceof ProblemError ? run.error : undefined
  const optionsOf = (places: typeof countries.data) =>
    (places?.places ?? []).map(({ code, name }) => ({ value: code, label: name }))
  const hasStates = country !== undefined && (states.data?.places.length ?? 0) > 0
  const hasRegions = state !== undefined && (regions.data?.places.length ?? 0) > 0
  return (
    <SidePanel title={t.importOf(scheme.name)} onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.lead}>{t.importHint}</p>
        <NativeSelect
          label={t.country}
          value={country ?? ''}
          data-autofocus
          onChange={(event) => {
            const { value } = event.currentTarget
            setPlace(value === '' ? undefined : { country: value })
          }}
          data={[{ value: '', label: '' }, ...optionsOf(countries.data)]}
        />
        {hasStates && country ? (
          <NativeSelect
            label={t.state}
            value={state ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget
              setPlace(value === '' ? { country } : { country, state: value })
            }}
            data={[{ value: '', label: t.whole }, ...optionsOf(states.data)]}
          />
        ) : null}
        {hasRegions && country && state ? (
          <NativeSelect
            label={t.region}
            value={place?.region ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget
              setPlace(value === '' ? { country, state } : { country, state, region: value })
            }}
            data={[{ value: '', label: t.wholeState }, ...optionsOf(regions.data)]}
          />
        ) : null}
        <div className={classes.pair}>
          <TextInput
            name="fromYear"
            label={t.fromYear}
            inputMode="numeric"
            pattern="[0-9]{4}"
            defaultValue={year}
            error={problem?.field('fromYear')}
            required
            withAsterisk={false}
          />
          <TextInput
            name="toYear"
            label={t.toYear}
            inputMode="numeric"
            pattern="[0-9]{4}"
            defaultValue={year + 1}
            error={problem?.field('toYear')}
            required
            withAsterisk={false}
          />
        </div>
        {run.error ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(run.error)}
          </p>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" disabled={place === undefined} loading={run.isPending}>
            {t.run}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </form>
      {place === undefined ? <p className={classes.soft}>{t.choose}</p> : null}
      {place !== undefined && preview.isPending ? <Skeleton lines={6} /> : null}
      {preview.error ? <p className={classes.problem}>{reasonOf(preview.error)}</p> : null}
      {preview.data ? (
        <>
          <h3 className={classes.smallTitle}>{t.preview(String(year))}</h3>
          <table className={classes.table} aria-label={t.preview(String(year))}>
            <tbody>
              {preview.data.holidays.map((one) => (
                <tr key={`${one.day} ${one.name}`}>
                  <td className={classes.nowrap}>{format.shortDay(one.day)}</td>
                  <td>{one.name}</td>
                  <td className={classes.figure}>{format.hours(one.seconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </SidePanel>
  )
}
