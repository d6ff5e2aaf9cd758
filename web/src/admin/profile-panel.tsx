import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import classes from './admin.module.css'
import type { Chosen } from './person-field.tsx'
import { SidePanel } from './side-panel.tsx'
import { RowAct } from './table/row-act.tsx'
import { tellWithUndo } from './table/undo.ts'
import { changeProfile, namedQuery, profileQuery } from './teams-query.ts'
import { useTeamsTexts } from './teams-texts.ts'

type Held = { readonly skillId: string; readonly levelId: string | null }

/** Beside the members: what one of them can do, how well, and what they are employed as. */
export function ProfilePanel({ person, onClose }: { person: Chosen; onClose: () => void }) {
  const t = useTeamsTexts()
  const client = useQueryClient()
  const query = profileQuery(person.id)
  const { data, error, isPending, refetch } = useQuery(query)
  const skills = useQuery(namedQuery('skills')).data ?? []
  const levels = useQuery(namedQuery('skill-levels')).data ?? []
  const positions = useQuery(namedQuery('positions')).data ?? []
  const put = async (body: object) =>
    client.setQueryData(query.queryKey, await changeProfile(person.id, body))
  const save = useMutation({
    mutationFn: async ({ now, before }: { now: object; before: object }) => {
      await put(now)
      tellWithUndo(t.saved(person.displayName), () => put(before))
    },
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
  })
  const held: readonly Held[] =
    data?.skills.map(({ skillId, levelId }) => ({ skillId, levelId })) ?? []
  const setSkills = (next: readonly Held[]) =>
    save.mutate({ now: { skills: next }, before: { skills: held } })
  const isOpen = data?.mayChange ?? false
  return (
    <SidePanel title={t.skillsOf(person.displayName)} onClose={onClose}>
      {isPending ? <Skeleton lines={6} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <NativeSelect
            label={t.position}
            value={data.positionId ?? ''}
            disabled={!isOpen}
            onChange={(event) =>
              save.mutate({
                now: { positionId: event.currentTarget.value || null },
                before: { positionId: data.positionId },
              })
            }
            data={[
              { value: '', label: t.noPosition },
              ...positions.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          {data.skills.length === 0 ? <p className={classes.lead}>{t.noSkills}</p> : null}
          {data.skills.length > 0 ? (
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t.skill}</th>
                  <th scope="col">{t.level}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {data.skills.map((one) => (
                  <tr key={one.skillId}>
                    <td>{one.name}</td>
                    <td>
                      <NativeSelect
                        size="xs"
                        aria-label={`${t.level}, ${one.name}`}
                        value={one.levelId ?? ''}
                        disabled={!isOpen}
                        onChange={(event) => {
                          const levelId = event.currentTarget.value || null
                          setSkills(
                            held.map((other) =>
                              other.skillId === one.skillId ? { ...other, levelId } : other,
                            ),
                          )
                        }}
                        data={[
                          { value: '', label: t.noLevel },
                          ...levels.map(({ id, name }) => ({ value: id, label: name })),
                        ]}
                      />
                    </td>
                    <td className={classes.act}>
                      {isOpen ? (
                        <RowAct
                          label={t.removeSkillOf(one.name)}
                          onAct={() =>
                            setSkills(held.filter(({ skillId }) => skillId !== one.skillId))
                          }
                        >
                          <span aria-hidden>×</span>
                        </RowAct>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
          {isOpen ? (
            <NativeSelect
              label={t.addSkill}
              value=""
              onChange={(event) => {
                const skillId = event.currentTarget.value
                if (skillId !== '') setSkills([...held, { skillId, levelId: null }])
              }}
              data={[
                { value: '', label: '' },
                ...skills
                  .filter(({ id }) => !held.some(({ skillId }) => skillId === id))
                  .map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          ) : null}
        </>
      ) : null}
    </SidePanel>
  )
}
