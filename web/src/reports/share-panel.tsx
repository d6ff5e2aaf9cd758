import { Button, Radio, TextInput } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { CreatedReportLink, ReportLinksAnswer } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { PlainButton } from '../parts/plain-button.tsx'
import { SideDrawer } from '../parts/side-drawer.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './reports.module.css'
import type { SavedReportBody } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = { readonly report: SavedReportBody; readonly onClose: () => void }

/** Links that show one kept report to whoever has them: what they allow, until when, and their end. */
export function SharePanel({ report, onClose }: Props) {
  const t = useReportsTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const today = useToday()
  const client = useQueryClient()
  const [address, setAddress] = useState<string>()
  const path = `/reports/${report.id}/links`
  const queryKey = ['report-links', report.id]
  const { data, error, isPending, refetch } = useQuery({
    queryKey,
    queryFn: () => call<Static<typeof ReportLinksAnswer>>('GET', path),
  })
  const renew = () => void client.invalidateQueries({ queryKey })
  const make = useMutation({
    mutationFn: (body: { allows: string; expiresAt: string }) =>
      call<Static<typeof CreatedReportLink>>('POST', path, { body }),
    onSuccess(made) {
      setAddress(`${window.location.origin}${made.path}/export?format=html`)
      renew()
    },
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
  })
  const revoke = useMutation({
    mutationFn: (id: string) => call('DELETE', `${path}/${id}`),
    onSuccess: renew,
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    make.mutate({
      allows: String(form.get('allows')),
      expiresAt: `${String(form.get('until'))}T23:59:59Z`,
    })
  }
  const copy = async () => {
    await navigator.clipboard?.writeText(address ?? '')
    notify({ text: shared.copied })
  }
  const now = Date.now()
  return (
    <SideDrawer title={`${t.share}: ${report.name}`} onClose={onClose}>
      <p className={classes.note}>{t.shareHint}</p>
      <form className={classes.entryForm} data-flush onSubmit={submit}>
        <Radio.Group name="allows" label={t.shareAllows} defaultValue="table">
          <Radio value="table" label={t.shareTable} my={6} />
          <Radio value="worklogs" label={t.shareWorklogs} />
        </Radio.Group>
        <TextInput
          type="date"
          name="until"
          label={t.shareUntil}
          defaultValue={addDays(today, 30)}
          min={today}
          max={addDays(today, 364)}
          required
          withAsterisk={false}
        />
        <div className={classes.entryActs}>
          <Button type="submit" loading={make.isPending}>
            {t.makeLink}
          </Button>
        </div>
      </form>
      {address ? (
        <div className={classes.made} role="status">
          <p>{t.linkMade}</p>
          <input readOnly aria-label={t.share} value={address} />
          <Button size="compact-md" onClick={() => void copy()}>
            {t.copyLink}
          </Button>
        </div>
      ) : null}
      <h3 className={classes.smallTitle}>{t.links}</h3>
      {isPending ? (
        <Skeleton lines={2} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data.links.length === 0 ? (
        <p className={classes.note}>{t.noLinks}</p>
      ) : (
        <ul className={classes.entries}>
          {data.links.map((link) => (
            <li key={link.id} className={classes.entryHead} data-line>
              <span className={classes.entryWho}>
                {link.allows === 'table' ? t.shareTable : t.shareWorklogs}
              </span>
              <span>
                {link.revokedAt
                  ? t.linkRevoked
                  : Date.parse(link.expiresAt) < now
                    ? t.linkOver
                    : t.linkUntil(format.moment(link.expiresAt))}
              </span>
              {link.revokedAt === null && Date.parse(link.expiresAt) >= now ? (
                <PlainButton onClick={() => revoke.mutate(link.id)}>{t.revoke}</PlainButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </SideDrawer>
  )
}
