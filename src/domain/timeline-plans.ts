import type { Allocation } from './allocation.ts'
import type { Occurrence } from './allocation-days.ts'
import { findPlans } from './allocation-load.ts'
import { expandAllocations } from './allocations.ts'
import type { Period } from './day.ts'
import { invalidField } from './errors.ts'
import type { GenericResource } from './generic-resource.ts'
import type { Issue, IssueId } from './issue.ts'
import type { PersonId } from './person.ts'
import type { Project, ProjectId } from './project.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import type { TeamId } from './team.ts'

/** Time set aside, with what it is for and where it falls in the period. */
export type TimelinePlan = {
  readonly allocation: Allocation
  readonly occurrences: readonly Occurrence[]
  readonly issue: Issue | null
  readonly project: Project | null
}

/** A generic resource that stands in some of the teams shown. */
export type TimelineResource = {
  readonly resource: GenericResource
  readonly teamIds: readonly TeamId[]
}

export type TimelinePlans = {
  readonly plans: readonly TimelinePlan[]
  readonly resources: readonly TimelineResource[]
}

const mostOccurrences = 50_000

type Needed = Pick<Stores, 'allocations' | 'resources' | 'issues' | 'projects' | 'workingTime'>

/** What is set aside for people, and for the generic resources of teams, in a period. */
export async function readPlans(
  stores: Needed,
  siteId: SiteId,
  wish: {
    readonly period: Period
    readonly personIds: readonly PersonId[]
    readonly teamIds: readonly TeamId[]
  },
): Promise<TimelinePlans> {
  const { period, personIds, teamIds } = wish
  const resources = await resourcesOf(stores, siteId, teamIds)
  const resourceIds = resources.map(({ resource }) => resource.id)
  if (personIds.length + resourceIds.length === 0) return { plans: [], resources }
  const found = await findPlans(stores, { siteId, personIds, resourceIds, period })
  const expanded = await expandAllocations(
    stores,
    siteId,
    found.map((allocation) => ({ allocation, period })),
  )
  if (expanded.reduce((sum, one) => sum + one.length, 0) > mostOccurrences)
    throw invalidField('to', `more than ${mostOccurrences} turns of plans; ask for fewer days`)
  const named = await namesOf(stores, siteId, found)
  const plans = found.map((allocation, at) => ({
    allocation,
    occurrences: expanded[at]!,
    ...named(allocation),
  }))
  return { plans, resources }
}

async function resourcesOf(
  stores: Needed,
  siteId: SiteId,
  teamIds: readonly TeamId[],
): Promise<TimelineResource[]> {
  if (teamIds.length === 0) return []
  const places = await stores.resources.placesIn(siteId, teamIds)
  const ids = [...new Set(places.map(({ resourceId }) => resourceId))]
  const resources = await stores.resources.getMany(siteId, ids)
  return resources.map((resource) => ({
    resource,
    teamIds: places.flatMap((one) => (one.resourceId === resource.id ? [one.teamId] : [])),
  }))
}

async function namesOf(stores: Needed, siteId: SiteId, plans: readonly Allocation[]) {
  const issueIds = plans.flatMap(({ item }) => (item.kind === 'issue' ? [item.issueId] : []))
  const issues = await stores.issues.getMany(siteId, [...new Set(issueIds)])
  const projectIds = [
    ...plans.flatMap(({ item }) => (item.kind === 'project' ? [item.projectId] : [])),
    ...issues.map(({ projectId }) => projectId),
  ]
  const projects = await stores.projects.getMany(siteId, [...new Set(projectIds)])
  const issueOf = new Map<IssueId, Issue>(issues.map((issue) => [issue.id, issue]))
  const projectOf = new Map<ProjectId, Project>(projects.map((project) => [project.id, project]))
  return ({ item }: Allocation): Pick<TimelinePlan, 'issue' | 'project'> => {
    if (item.kind === 'project')
      return { issue: null, project: projectOf.get(item.projectId) ?? null }
    const issue = issueOf.get(item.issueId) ?? null
    return { issue, project: issue && (projectOf.get(issue.projectId) ?? null) }
  }
}
