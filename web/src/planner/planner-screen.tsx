import { useQuery } from '@tanstack/react-query'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { Planner } from './planner.tsx'
import { teamsQuery } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'

/** Who does what and when, team by team. */
export function PlannerScreen() {
  const t = usePlannerTexts()
  const { data, error, isPending, refetch } = useQuery(teamsQuery)
  if (isPending) return <Skeleton lines={14} height={44} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data.length === 0) return <StateMessage title={t.noTeams}>{t.noTeamsHint}</StateMessage>
  return <Planner teams={data.filter((team) => !team.isAdministrative)} />
}
