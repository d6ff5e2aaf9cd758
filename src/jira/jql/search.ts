import type { IssueSearch } from '../../domain/issue-query.ts'
import { type Actor, viewerOf } from '../../domain/permission.ts'
import type { Stores } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import type { JqlQuery } from './ast.ts'
import type { JqlContext, JqlLookups, JqlValidation } from './context.ts'
import { type FieldCatalogue, makeFieldCatalogue } from './fields.ts'
import { type KnownValues, makeJqlLookups, rememberValues } from './lookups.ts'
import { makeJqlParser } from './parser.ts'
import { resolveJql, validateJql } from './resolve.ts'

/** A query as it was understood, ready to be run for its caller. */
export type JqlSearch = {
  readonly query: JqlQuery
  readonly search: IssueSearch
  /** What a lenient validation let pass. */
  readonly warnings: readonly string[]
}

/** JQL for every surface: text in, a search of the store out. */
export type Jql = {
  /** Throws `invalid` with Jira's texts in `details.errorMessages`. */
  understand(actor: Actor, text: string, validation?: JqlValidation): Promise<JqlSearch>
  parse(text: string): JqlQuery
  /** What is wrong with a query that parsed; empty when nothing is. */
  validate(actor: Actor, query: JqlQuery): Promise<readonly string[]>
  fields(actor: Actor): Promise<FieldCatalogue>
  lookups(actor: Actor): JqlLookups
  readonly values: KnownValues
}

export type JqlNeeds = {
  readonly store: Pick<Stores, 'sites' | 'people' | 'names' | 'filters' | 'catalogue'>
  readonly now: () => Instant
  readonly worklogDateZone: NonNullable<JqlContext['worklogDateZone']>
}

/** JQL over a store. */
export function makeJql({ store, now, worklogDateZone }: JqlNeeds): Jql {
  const parse = makeJqlParser()
  const values = rememberValues(store, now)
  const lookups = (actor: Actor) => makeJqlLookups(store, values, actor)
  const contextOf = async (actor: Actor, validation: JqlValidation): Promise<JqlContext> => {
    const { siteId, personId, jira } = actor
    const [site, person, fields] = await Promise.all([
      store.sites.get(siteId),
      store.people.get(siteId, personId),
      store.catalogue.listFields(siteId, jira),
    ])
    return {
      now: now(),
      zone: person.timeZone ?? site.timeZone,
      serverZone: site.timeZone,
      firstWeekday: site.firstWeekday,
      currentUser: personId,
      lookups: lookups(actor),
      fields,
      validation,
      worklogDateZone,
      duration: { hoursPerDay: site.workingHoursPerDay, daysPerWeek: site.workingDaysPerWeek },
    }
  }
  return {
    parse,
    lookups,
    values,
    async understand(actor, text, validation = 'strict') {
      const query = parse(text)
      const resolved = await resolveJql(query, await contextOf(actor, validation))
      const { condition, order, warnings } = resolved
      return {
        query,
        search: { siteId: actor.siteId, viewer: viewerOf(actor), condition, order },
        warnings,
      }
    },
    validate: async (actor, query) => validateJql(query, await contextOf(actor, 'strict')),
    fields: async ({ siteId, jira }) =>
      makeFieldCatalogue(await store.catalogue.listFields(siteId, jira)),
  }
}
