import { Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import { notify } from '../parts/notices.tsx'
import { PinToTeam } from '../team-home/pin-to-team.tsx'
import { homesQuery } from '../team-home/team-home-query.ts'
import { useTeamHomeTexts } from '../team-home/team-home-texts.ts'
import { useSharedTexts } from '../texts/shared.ts'
import { changedDefinition } from './report-definition.ts'
import classes from './reports.module.css'
import { type SavedReportBody, savedReportsQuery } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'
import { SharePanel } from './share-panel.tsx'

type Props = {
  readonly definition: ReportDefinitionBody
  /** Id of the kept report that is shown. */
  readonly current: string | undefined
  readonly onOpen: (report: SavedReportBody) => void
  readonly onGone: () => void
}

/** Kept reports: opening, keeping, changing, sharing. */
export function SavedMenu({ definition, current, onOpen, onGone }: Props) {
  const t = useReportsTexts()
  const shared = useSharedTexts()
  const me = useMe()
  const client = useQueryClient()
  const [shown, setShown] = useState<'save' | 'share' | 'pin'>()
  const pins = useTeamHomeTexts()
  const { data } = useQuery(savedReportsQuery)
  const reports = data?.reports ?? []
  const open = reports.find(({ id }) => id === current)
  const { data: teams = [] } = useQuery({ ...homesQuery, enabled: open !== undefined })
  const led = teams.filter(({ mayChange }) => mayChange)
  const mine = open?.ownerId === me.person.id ? open : undefined
  const renew = () => client.invalidateQueries({ queryKey: savedReportsQuery.queryKey })
  const keep = useMutation({
    mutationFn: (body: { name: string; isShared: boolean }) =>
      call<SavedReportBody>('POST', '/reports', { body: { ...body, definition } }),
    async onSuccess(report) {
      setShown(undefined)
      notify({ text: t.savedNotice(report.name) })
      await renew()
      onOpen(report)
    },
  })
  const change = useMutation({
    mutationFn: ({ report, version }: { report: SavedReportBody; version?: number }) =>
      call<SavedReportBody>('PATCH', `/reports/${report.id}`, {
        body: { definition: changedDefinition(report.definition, definition) },
        ...(version === undefined ? {} : { ifVersion: version }),
      }),
    async onSuccess(report) {
      notify({ text: t.savedNotice(report.name) })
      await renew()
    },
    onError(error, { report }) {
      if (!(error instanceof ProblemError && error.status === 412))
        return notify({ kind: 'bad', text: reasonOf(error) })
      void renew()
      notify({
        kind: 'bad',
        text: shared.staleTitle,
        action: { label: t.mine, run: () => change.mutate({ report }) },
      })
    },
  })
  const remove = useMutation({
    mutationFn: (report: SavedReportBody) => call('DELETE', `/reports/${report.id}`),
    async onSuccess(_, report) {
      notify({ text: t.removedNotice(report.name) })
      onGone()
      await renew()
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    keep.mutate({ name: String(form.get('name')).trim(), isShared: form.get('shared') === 'on' })
  }
  return (
    <>
      <Menu position="bottom-end" shadow="none">
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            className={classes.savedButton!}
            rightSection={<IconChevronDown size={14} />}
            aria-label={open ? undefined : t.saved}
          >
            {open?.name ?? t.savedShort}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mine ? (
            <Menu.Item onClick={() => change.mutate({ report: mine, version: mine.version })}>
              {t.saveChanges(mine.name)}
            </Menu.Item>
          ) : null}
          <Menu.Item onClick={() => setShown('save')}>{t.saveAs}</Menu.Item>
          {mine ? (
            <>
              <Menu.Item onClick={() => setShown('share')}>{t.share}</Menu.Item>
              <Menu.Item onClick={() => remove.mutate(mine)}>{t.remove(mine.name)}</Menu.Item>
            </>
          ) : null}
          {open && led.length > 0 ? (
            <Menu.Item onClick={() => setShown('pin')}>{pins.pinTo}</Menu.Item>
          ) : null}
          {reports.length > 0 ? <Menu.Divider /> : null}
          {reports.map((report) => (
            <Menu.Item
              key={report.id}
              onClick={() => onOpen(report)}
              rightSection={
                report.isShared ? <span className={classes.hint}>{t.sharedBadge}</span> : null
              }
            >
              {report.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={shown === 'save'}
        onClose={() => setShown(undefined)}
        title={t.saveAs}
        closeButtonProps={{ 'aria-label': shared.close }}
      >
        <form className={classes.entryForm} data-flush onSubmit={submit}>
          <TextInput
            name="name"
            label={t.name}
            maxLength={255}
            required
            withAsterisk={false}
            data-autofocus
            error={keep.error ? reasonOf(keep.error) : undefined}
          />
          <Checkbox name="shared" label={t.shareAll} />
          <div className={classes.entryActs}>
            <Button type="submit" loading={keep.isPending}>
              {shared.save}
            </Button>
          </div>
        </form>
      </Modal>
      {open && shown === 'pin' ? (
        <PinToTeam report={open} teams={led} onClose={() => setShown(undefined)} />
      ) : null}
      {mine && shown === 'share' ? (
        <SharePanel report={mine} onClose={() => setShown(undefined)} />
      ) : null}
    </>
  )
}
