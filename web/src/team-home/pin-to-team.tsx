import { Button, Modal, NativeSelect, SegmentedControl } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TeamBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './team-home.module.css'
import { homeQuery, pinReport, type Shape } from './team-home-query.ts'
import { useTeamHomeTexts } from './team-home-texts.ts'

type Props = {
  readonly report: { readonly id: string; readonly name: string }
  /** Teams that whoever looks may change. */
  readonly teams: readonly TeamBody[]
  readonly onClose: () => void
}

/** Pins the report that is open to the home of a team. */
export function PinToTeam({ report, teams, onClose }: Props) {
  const t = useTeamHomeTexts()
  const shared = useSharedTexts()
  const client = useQueryClient()
  const [team, setTeam] = useState(teams[0]?.id ?? '')
  const [shape, setShape] = useState<Shape>('table')
  const pin = useMutation({
    mutationFn: () => pinReport(team, report.id, shape),
    onSuccess() {
      const name = teams.find(({ id }) => id === team)?.name ?? ''
      notify({ text: t.pinned(report.name, name) })
      void client.invalidateQueries({ queryKey: homeQuery(team).queryKey })
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t.pinTo}: ${report.name}`}
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <div className={classes.form}>
        <NativeSelect
          label={t.team}
          value={team}
          onChange={(event) => setTeam(event.currentTarget.value)}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          data-autofocus
        />
        <SegmentedControl
          aria-label={t.shape}
          value={shape}
          onChange={(next) => setShape(next === 'chart' ? 'chart' : 'table')}
          data={[
            { value: 'table', label: t.asTable },
            { value: 'chart', label: t.asChart },
          ]}
        />
        {pin.error ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(pin.error)}
          </p>
        ) : null}
        <div>
          <Button loading={pin.isPending} onClick={() => pin.mutate()}>
            {t.pinTo}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
