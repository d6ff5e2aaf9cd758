import { checkMay } from './directory-checks.ts'
import { DomainError } from './errors.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import { siteToday } from './site-day.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

/** The five things a new site needs before it serves everybody, in this order. */
export const firstSteps = ['work', 'people', 'teams', 'holidays', 'hours'] as const

export type FirstStep = (typeof firstSteps)[number]

export type FirstLook = {
  readonly steps: readonly { readonly id: FirstStep; readonly isDone: boolean }[]
  /** Whether nothing is here but the administrator: only then the sample company can move in. */
  readonly isEmpty: boolean
  readonly hasJira: boolean
}

export type SampleCounts = {
  readonly people: number
  readonly issues: number
  readonly worklogs: number
}

/** Use cases on a site that has just begun. */
export type FirstStart = {
  look(actor: Actor): Promise<FirstLook>
  /** Fills an empty site with the sample company; the administrator becomes one of its people. */
  fillSample(actor: Actor): Promise<SampleCounts>
}

export type FirstStartNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly fill: (administrator: PersonId) => Promise<SampleCounts>
}

export function makeFirstStart({ store, now, fill }: FirstStartNeeds): FirstStart {
  let running: Promise<SampleCounts> | undefined
  const look = async (actor: Actor): Promise<FirstLook> => {
    const { siteId } = actor
    checkMay(actor, 'administer', { type: 'site' }, 'set the site up')
    const [projects, people, teams, links, worklogs] = await Promise.all([
      store.projects.list(siteId, { limit: 1 }),
      store.people.list({ siteId, limit: 2 }),
      store.teams.list(siteId, { limit: 1 }),
      store.links.list(siteId),
      store.worklogs.find({ siteId, viewer: { kind: 'all' } }, { limit: 1 }),
    ])
    const schemes = await store.holidays.listSchemes(siteId, await siteToday(store, siteId, now()))
    const usual = schemes.find(({ isDefault }) => isDefault)
    const holidays = usual ? await store.holidays.find(siteId, { schemeIds: [usual.id] }) : []
    const isDone: Readonly<Record<FirstStep, boolean>> = {
      work: projects.length > 0 || links.length > 0,
      people: people.length > 1,
      teams: teams.length > 0,
      holidays: holidays.length > 0 || schemes.length > 1,
      hours: worklogs.length > 0,
    }
    return {
      steps: firstSteps.map((id) => ({ id, isDone: isDone[id] })),
      isEmpty: !isDone.work && !isDone.people && !isDone.hours && !isDone.teams,
      hasJira: links.length > 0,
    }
  }
  return {
    look,
    async fillSample(actor) {
      const { isEmpty } = await look(actor)
      if (running || !isEmpty)
        throw new DomainError('conflict', 'The sample company only moves into an empty site')
      running = fill(actor.personId)
      try {
        return await running
      } finally {
        running = undefined
      }
    },
  }
}
