import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { chooseProjects, connectionsQuery, offerQuery, startSync } from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'
import { ProjectChoice } from './project-choice.tsx'
import { SidePanel } from './side-panel.tsx'

type Props = {
  readonly name: string
  readonly projects: readonly { readonly key: string }[] | null
  readonly onClose: () => void
}

const typingMs = 250

/** Which projects of a connected Jira are held; says how many worklogs that would hide. */
export function ProjectsPanel({ name, projects, onClose }: Props) {
  const t = useConnectionsTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), typingMs)
  const [chosen, setChosen] = useState(projects?.map(({ key }) => key) ?? null)
  const offer = useQuery({ ...offerQuery(name, asked), placeholderData: keepPreviousData })
  const choose = useMutation({
    mutationFn: (acceptsHidden: boolean) => chooseProjects(name, chosen, acceptsHidden),
    async onSuccess() {
      notify({ text: t.projectsChosen(name) })
      // Where it is being read, that reading begins again with the new choice by itself.
      await startSync(name, false).catch(() => {})
      void client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
      onClose()
    },
  })
  const change = (next: readonly string[] | null) => {
    choose.reset()
    setChosen(next && [...next])
  }
  const hides = hiddenBy(choose.error)
  return (
    <SidePanel title={t.projectsOf(name)} onClose={onClose}>
      {offer.error ? (
        <ErrorState error={offer.error} onRetry={() => void offer.refetch()} />
      ) : offer.isPending ? (
        <Skeleton lines={6} />
      ) : (
        <ProjectChoice
          offer={offer.data}
          text={text}
          onText={setText}
          chosen={chosen}
          onChange={change}
        />
      )}
      {choose.error ? (
        <p role="alert" className={classes.problem}>
          {hides === undefined ? reasonOf(choose.error) : t.hides(format.number(hides))}
        </p>
      ) : null}
      <div className={classes.actions}>
        {hides === undefined ? (
          <Button
            loading={choose.isPending}
            disabled={chosen?.length === 0 || offer.isPending}
            onClick={() => choose.mutate(false)}
          >
            {t.keepChoice}
          </Button>
        ) : (
          <Button loading={choose.isPending} onClick={() => choose.mutate(true)}>
            {t.hideThem}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {shared.cancel}
        </Button>
      </div>
    </SidePanel>
  )
}

/** How many worklogs the choice would hide, where that is what it was refused for. */
function hiddenBy(error: unknown): number | undefined {
  if (!(error instanceof ProblemError)) return undefined
  const { reason, worklogs } = error.problem as { reason?: unknown; worklogs?: unknown }
  return reason === 'hides-worklogs' ? Number(worklogs) : undefined
}
