import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MembershipBody, TeamBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './admin.module.css'
import { Chips } from './chips.tsx'
import { GroupField } from './group-field.tsx'
import { ListBody } from './list-body.tsx'
import { PersonField } from './person-field.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { ProjectField } from './project-field.tsx'
import { SidePanel } from './side-panel.tsx'
import type { Column } from './table/column.ts'
import { EditTable } from './table/edit-table.tsx'
import { RowAct } from './table/row-act.tsx'
import { RowForm } from './table/row-form.tsx'
import { tellWithUndo } from './table/undo.ts'
import { useTableWrites } from './table/use-table-writes.ts'
import {
  addGroupToTeam,
  linkTeam,
  membershipSource,
  membershipsQuery,
  setManager,
  teamLinksQuery,
  teamRolesQuery,
  unlinkTeam,
  useNamed,
} from './teams-query.ts'
import { useTeamsTexts } from './teams-texts.ts'

/** One team: who leads it, who is in it when, and what it works on. */
export function TeamDetail({ team }: { team: TeamBody }) {
  const t = useTeamsTexts()
  return (
    <>
      <h2 className={classes.bigTitle}>{team.name}</h2>
      {team.summary ? <p className={classes.intro}>{team.summary}</p> : null}
      <p className={classes.back}>
        <Link to="/teams" search={{ team: team.id }}>
          {t.home}
        </Link>
      </p>
      <div className={classes.twin}>
        <section aria-labelledby="team-managers">
          <h3 id="team-managers" className={classes.smallTitle}>
            {t.managers}
          </h3>
          <Managers team={team} />
        </section>
        <section aria-labelledby="team-projects">
          <h3 id="team-projects" className={classes.smallTitle}>
            {t.projects}
          </h3>
          <Projects team={team} />
        </section>
      </div>
      <Members team={team} />
    </>
  )
}

function useTeamAct() {
  const client = useQueryClient()
  const readAgain = () => client.invalidateQueries({ queryKey: ['teams'] })
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
    onSettled: readAgain,
  })
  return { act, readAgain }
}

function Managers({ team }: { team: TeamBody }) {
  const t = useTeamsTexts()
  const { act, readAgain } = useTeamAct()
  const people = useNamed(
    team.leadId === null ? team.managerIds : [...team.managerIds, team.leadId],
  )
  const set = (id: string, name: string, isManager: boolean) =>
    act.mutate(async () => {
      await setManager(team.id, id, isManager)
      tellWithUndo(isManager ? t.leads(name) : t.leadsNot(name), () =>
        setManager(team.id, id, !isManager).then(readAgain),
      )
    })
  return (
    <>
      <Chips
        items={team.managerIds.map((id) => {
          const name = people.get(id)?.displayName ?? ''
          return { id, label: name, removeLabel: t.removeManagerOf(name) }
        })}
        onRemove={
          team.mayChange ? (id) => set(id, people.get(id)?.displayName ?? '', false) : undefined
        }
      />
      {team.mayChange ? (
        <PersonField
          label={t.addManager}
          value={null}
          onChange={(person) => {
            if (person) set(person.id, person.displayName, true)
          }}
        />
      ) : null}
    </>
  )
}

function Projects({ team }: { team: TeamBody }) {
  const t = useTeamsTexts()
  const { act, readAgain } = useTeamAct()
  const { data, isPending } = useQuery(teamLinksQuery(team.id))
  if (isPending) return <Skeleton lines={2} />
  const links = (data ?? []).map((link) => ({
    id: link.id,
    project: link.project?.key,
    label: link.project ? link.project.key : t.board(link.boardId ?? ''),
  }))
  const remove = (id: string) => {
    const link = links.find((one) => one.id === id)
    if (link)
      act.mutate(async () => {
        await unlinkTeam(id)
        const { project } = link
        if (project === undefined) notify({ text: t.unlinked(link.label) })
        else tellWithUndo(t.unlinked(link.label), () => linkTeam(team.id, project).then(readAgain))
      })
  }
  return (
    <>
      {links.length === 0 ? <p className={classes.soft}>{t.noProjects}</p> : null}
      <Chips
        items={links.map(({ id, label }) => ({ id, label, removeLabel: t.unlinkOf(label) }))}
        onRemove={team.mayChange ? remove : undefined}
      />
      {team.mayChange ? (
        <ProjectField
          label={t.addProject}
          onChoose={({ key }) =>
            act.mutate(async () => {
              const link = await linkTeam(team.id, key)
              tellWithUndo(t.linked(key), () => unlinkTeam(link.id).then(readAgain))
            })
          }
        />
      ) : null}
    </>
  )
}

function Members({ team }: { team: TeamBody }) {
  const t = useTeamsTexts()
  const today = useToday()
  const [showsPast, showPast] = useState(false)
  const list = useInfiniteQuery(membershipsQuery(team.id, showsPast ? undefined : today))
  const roles = useQuery(teamRolesQuery).data?.teamRoles ?? []
  const writes = useTableWrites(membershipSource(team.id))
  const [panel, setPanel] = useState<'add' | 'group' | MembershipBody>()
  const usual = roles.find(({ isDefault }) => isDefault)?.id
  const columns: Column<MembershipBody>[] = [
    {
      id: 'person',
      label: t.person,
      kind: 'person',
      of: (row) => row.person,
      isRequired: true,
      isFixed: true,
    },
    {
      id: 'roleId',
      label: t.role,
      kind: 'choice',
      of: (row) => row.roleId,
      options: roles.map(({ id, name }) => ({ value: id, label: name })),
      isRequired: true,
      ...(usual === undefined ? {} : { usual }),
    },
    {
      id: 'commitmentPercent',
      label: t.involvement,
      kind: 'number',
      of: (row) => row.commitmentPercent,
      isRequired: true,
      most: 100,
      usual: 100,
    },
    { id: 'from', label: t.from, kind: 'day', of: (row) => row.from, hint: t.everHint },
    { id: 'to', label: t.to, kind: 'day', of: (row) => row.to, hint: t.everHint },
  ]
  const buttons = team.mayChange ? (
    <div className={classes.actions}>
      <Button onClick={() => setPanel('add')}>{t.addMember}</Button>
      <Button variant="default" onClick={() => setPanel('group')}>
        {t.addGroup}
      </Button>
    </div>
  ) : null
  return (
    <section aria-labelledby="team-members">
      <h3 id="team-members" className={classes.smallTitle}>
        {t.members}
      </h3>
      <div className={classes.bar}>
        {buttons}
        <Checkbox
          className={classes.check}
          label={t.showsPast}
          checked={showsPast}
          onChange={(event) => showPast(event.currentTarget.checked)}
        />
      </div>
      <ListBody list={list} empty={{ title: t.noMembers, hint: t.noMembersHint }}>
        {(rows) => (
          <EditTable
            label={t.openOf(team.name)}
            rows={rows}
            columns={columns}
            writes={writes}
            mayChange={team.mayChange}
            acts={(row) => (
              <RowAct label={t.skillsOf(row.person.displayName)} onAct={() => setPanel(row)}>
                {t.skills}
              </RowAct>
            )}
          />
        )}
      </ListBody>
      {panel === 'add' ? (
        <RowForm
          title={t.addMember}
          columns={columns}
          writes={writes}
          onClose={() => setPanel(undefined)}
        />
      ) : null}
      {panel === 'group' ? (
        <GroupPanel
          team={team}
          onDone={() => void writes.readAgain()}
          onClose={() => setPanel(undefined)}
        />
      ) : null}
      {typeof panel === 'object' ? (
        <ProfilePanel person={panel.person} onClose={() => setPanel(undefined)} />
      ) : null}
    </section>
  )
}

type GroupPanelProps = {
  readonly team: TeamBody
  readonly onDone: () => void
  readonly onClose: () => void
}

function GroupPanel({ team, onDone, onClose }: GroupPanelProps) {
  const t = useTeamsTexts()
  const format = useFormat()
  const [group, setGroup] = useState<string | null>(null)
  const add = useMutation({
    mutationFn: (id: string) => addGroupToTeam(team.id, id),
    onSuccess({ added, alreadyMembers }) {
      notify({ text: t.groupAdded(format.number(added.length), format.number(alreadyMembers)) })
      onDone()
      onClose()
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  return (
    <SidePanel title={t.addGroup} onClose={onClose}>
      <GroupField label={t.group} value={group} onChange={setGroup} />
      <div className={classes.actions}>
        <Button
          disabled={group === null}
          loading={add.isPending}
          onClick={() => {
            if (group !== null) add.mutate(group)
          }}
        >
          {t.addGroup}
        </Button>
      </div>
    </SidePanel>
  )
}
