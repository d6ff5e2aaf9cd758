import type { DemoPerson } from './people.ts'
import type { Random } from './random.ts'
import type { Job, TeamName } from './roster.ts'

/** What somebody of the company can do; the level is a place in `levels`. */
export type DemoSkill = {
  readonly username: string
  readonly skill: string
  readonly level: number
}

/** Levels from low to high, with their colours; the second is the usual one. */
export const levels: readonly (readonly [string, string])[] = [
  ['Learning', '9AA5B1'],
  ['Solid', '3E8EDE'],
  ['Expert', '1F9D55'],
]

/** What people of each job are called in a team and by their contracts, and what they can do. */
export const jobs: Readonly<
  Record<Job, { teamRole: string; position: string; skills: readonly string[] }>
> = {
  developer: {
    teamRole: 'Developer',
    position: 'Software engineer',
    skills: ['TypeScript', 'Kotlin', 'PostgreSQL', 'Kubernetes'],
  },
  designer: { teamRole: 'Designer', position: 'Product designer', skills: ['Prototyping'] },
  tester: { teamRole: 'Tester', position: 'Test engineer', skills: ['Test automation'] },
  consultant: {
    teamRole: 'Consultant',
    position: 'Consultant',
    skills: ['Workshops', 'Requirements'],
  },
  supporter: {
    teamRole: 'Supporter',
    position: 'Support engineer',
    skills: ['Kubernetes', 'Incident response'],
  },
  manager: { teamRole: 'Manager', position: 'Manager', skills: ['Budgeting', 'Workshops'] },
}

/** Who leads a team beside its lead. */
export const managersOf: Readonly<Partial<Record<TeamName, readonly string[]>>> = {
  'Customer Delivery': ['o.carrowell'],
  Platform: ['admin'],
}

/** What the teams work on. */
export const summaries: Readonly<Record<TeamName, string>> = {
  'Customer Delivery': 'Projects for customers, from the first workshop to the hand-over',
  Platform: 'Servers, data and everything the other teams build on',
  Mobile: 'The apps for phones and tablets',
  'Support & Operations': 'Helps customers and keeps things running',
}

/** Programs and their teams. */
export const programs: readonly { name: string; manager: string; teams: readonly TeamName[] }[] = [
  { name: 'Orca', manager: 'o.carrowell', teams: ['Customer Delivery', 'Mobile'] },
]

/** Work planned before somebody is found for it. */
export const resources: readonly { name: string; team: TeamName; skills: readonly string[] }[] = [
  { name: 'A Kotlin developer', team: 'Mobile', skills: ['Kotlin'] },
  { name: 'A tester for the roll-out', team: 'Customer Delivery', skills: ['Test automation'] },
]

/** Who can do what, and how well. */
export function makeSkills(random: Random, people: readonly DemoPerson[]): DemoSkill[] {
  return people.flatMap(({ username, job }) => {
    const stream = random.fork(username)
    return jobs[job].skills
      .filter((_, at) => at === 0 || stream.chance(0.6))
      .map((skill) => ({ username, skill, level: stream.whole(0, levels.length - 1) }))
  })
}
