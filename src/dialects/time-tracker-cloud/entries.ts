import type { FieldDefinition } from '../../domain/issue.ts'
import type { ConnectionId, Site } from '../../domain/site.ts'
import { type Language, languageOf } from './language.ts'
import type { TimeTrackerNeeds } from './needs.ts'
import { type Numbers, numbersOf } from './numbers.ts'

/** What answers need beside the rows: where issues are browsed, whose clock shows, which fields. */
export type Surroundings = {
  readonly site: Site
  readonly zone: string
  readonly fields: readonly FieldDefinition[]
  readonly jiraUrlOf: (connectionId: ConnectionId) => string
  readonly language: Language
  readonly numbers: Numbers
}

/** The site, the zone of whoever asks, the field catalogue and the addresses of the Jiras. */
export async function findSurroundings(
  { store, settings }: TimeTrackerNeeds,
  { siteId, personId }: { siteId: Site['id']; personId: Parameters<typeof store.people.get>[1] },
  ownUrl: string,
): Promise<Surroundings> {
  const [site, person, fields, connections] = await Promise.all([
    store.sites.get(siteId),
    store.people.get(siteId, personId),
    store.catalogue.listFields(siteId),
    store.connections.list(siteId),
  ])
  const language = languageOf(settings.language === 'owner' ? person.locale : settings.language)
  const urls = new Map(connections.map(({ id, baseUrl }) => [id, baseUrl]))
  return {
    site,
    zone: person.timeZone ?? site.timeZone,
    fields,
    language,
    numbers: numbersOf(settings.hours, language.numbers, site),
    jiraUrlOf: (id) => (urls.get(id) ?? ownUrl).replace(/\/+$/, ''),
  }
}
