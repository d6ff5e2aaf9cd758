import type { IssueNameField } from '../../domain/issue-query.ts'
import type { NamedValue } from '../../domain/names.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Stores } from '../../domain/store.ts'
import type { Instant } from '../../domain/zone.ts'
import { valueIdOf } from '../value-id.ts'
import type { JqlLookups } from './context.ts'
import { rankOfPriority } from './priority-rank.ts'

/** Where values are looked for: a site, or the one Jira in it whose address was asked. */
export type Place = Pick<Actor, 'siteId' | 'jira'>

/** The values that issues hold, by field. */
export type KnownValues = {
  all(place: Place, field: IssueNameField): Promise<readonly NamedValue[]>
  /** As `all`, but surely with these texts in it where any issue holds them. */
  with(
    place: Place,
    field: IssueNameField,
    texts: readonly string[],
  ): Promise<readonly NamedValue[]>
}

/** How long another spelling of a known value may stay unknown. */
const rememberMs = 60_000

/**
 * Remembers the values of each field, as reading them means reading all issues. A value nobody
 * knows yet is looked for anew; one that no issue holds any more does no harm.
 */
export function rememberValues({ names }: Pick<Stores, 'names'>, now: () => Instant): KnownValues {
  const known = new Map<
    string,
    { readonly values: readonly NamedValue[]; readonly until: Instant }
  >()
  const read = async ({ siteId, jira }: Place, field: IssueNameField, isFresh: boolean) => {
    const key = `${siteId} ${jira} ${field}`
    const held = known.get(key)
    if (held && !isFresh && held.until > now()) return held.values
    const values = await names.values(siteId, field, jira)
    known.set(key, { values, until: now() + rememberMs })
    return values
  }
  return {
    all: (place, field) => read(place, field, false),
    async with(place, field, texts) {
      const values = await read(place, field, false)
      const held = new Set(values.flatMap(textsOf))
      const isKnown = texts.every((text) => held.has(text.toLowerCase()))
      return isKnown ? values : read(place, field, true)
    },
  }
}

/** What the names in a query of this caller mean. */
export function makeJqlLookups(
  { names, filters }: Pick<Stores, 'names' | 'filters'>,
  values: KnownValues,
  { siteId, personId, jira }: Pick<Actor, 'siteId' | 'personId' | 'jira'>,
): JqlLookups {
  const place = { siteId, jira }
  return {
    projects: (texts) => names.projects(siteId, texts, jira),
    people: (texts) => names.people(siteId, texts),
    groups: (texts) => names.groups(siteId, texts),
    issues: (texts) => names.issues(siteId, texts, jira),
    async filters(texts) {
      const found = (
        await filters.find({ ...place, personId, jiraIds: texts, names: texts, limit: 1_000 })
      ).filters
      return new Map(
        texts.flatMap((text) => {
          const one =
            found.find(({ jiraId }) => jiraId === text) ??
            found.find(({ name }) => name.toLowerCase() === text.toLowerCase())
          return one ? [[text, { id: one.jiraId, jql: one.jql }] as const] : []
        }),
      )
    },
    async names(field, texts) {
      const held = await values.with(place, field, texts)
      return new Map(
        texts.flatMap((text) => {
          const same = held.filter((value) => textsOf(value).includes(text.toLowerCase()))
          return same.length > 0 ? [[text, same.map(({ name }) => name)] as const] : []
        }),
      )
    },
    options: (fieldIds, texts) => names.options(siteId, fieldIds, texts, jira),
    async priorities() {
      const held = [...(await values.with(place, 'priority', []))]
      return held.sort((a, b) => rankOfPriority(a) - rankOfPriority(b)).map(({ name }) => name)
    },
    sprints: (state) => names.sprints(siteId, state, jira),
    projectsLedBy: (people) => names.projectsLedBy(siteId, people),
  }
}

function textsOf({ name, jiraId }: NamedValue): string[] {
  return [name.toLowerCase(), jiraId ?? valueIdOf(name)]
}
