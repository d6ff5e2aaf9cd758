import type { TeamId } from '../../domain/team.ts'
import type { TeamRoleId } from '../../domain/team-role.ts'
import type { FillContext, PersonOf } from './fill.ts'
import type { ProjectOf } from './fill-issues.ts'
import type { TeamName } from './roster.ts'
import { jobs, managersOf, programs, summaries } from './staff.ts'

/** Finds the stored team behind a name of the company. */
export type TeamOf = (name: TeamName) => TeamId

/** Writes the teams, what they work on, and who was in them when. */
export async function fillTeams(
  context: FillContext,
  personOf: PersonOf,
  projectOf: ProjectOf,
): Promise<TeamOf> {
  const { tx, siteId, company } = context
  const roleOf = await fillRoles(context)
  const jobOf = new Map(company.people.map((person) => [person.username, person.job]))
  const idOf = new Map<TeamName, TeamId>()
  for (const { name, lead, memberships } of company.teams) {
    const teamId = await tx.teams.create(siteId, {
      name,
      leadId: personOf(lead),
      summary: summaries[name],
      managerIds: (managersOf[name] ?? []).map(personOf),
      version: tx.takeVersions(1),
    })
    idOf.set(name, teamId)
    let version = tx.takeVersions(memberships.length)
    await tx.teams.addMemberships(
      siteId,
      memberships.map(({ username, ...membership }) => ({
        ...membership,
        teamId,
        personId: personOf(username),
        roleId: roleOf(jobs[jobOf.get(username)!].teamRole),
        version: version++,
      })),
    )
    for (const project of company.projects.filter((one) => one.team === name))
      await tx.teamLinks.insert(siteId, {
        teamId,
        scope: { type: 'project', projectId: projectOf(project.key) },
        version: tx.takeVersions(1),
      })
  }
  const teamOf: TeamOf = (name) => idOf.get(name)!
  await fillPrograms(context, personOf, teamOf)
  return teamOf
}

async function fillRoles({ tx, siteId }: FillContext): Promise<(name: string) => TeamRoleId> {
  const idOf = new Map<string, TeamRoleId>()
  for (const name of new Set(Object.values(jobs).map((job) => job.teamRole)))
    idOf.set(
      name,
      await tx.teamRoles.insert(siteId, {
        name,
        isDefault: false,
        version: tx.takeVersions(1),
      }),
    )
  return (name) => idOf.get(name)!
}

async function fillPrograms(
  { tx, siteId }: FillContext,
  personOf: PersonOf,
  teamOf: TeamOf,
): Promise<void> {
  for (const { name, manager, teams } of programs) {
    const id = await tx.programs.insert(siteId, {
      name,
      managerId: personOf(manager),
      version: tx.takeVersions(1),
    })
    await tx.programs.setTeams(siteId, id, teams.map(teamOf))
  }
}
