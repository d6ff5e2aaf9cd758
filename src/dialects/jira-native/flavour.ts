import type { FastifyRequest } from 'fastify'
import type { Site } from '../../domain/site.ts'
import { baseUrlOf } from '../../http/context-path.ts'
import type { JiraDurationSettings } from '../../jira/duration.ts'
import type { JiraNativeNeeds } from './needs.ts'

/** A version of the API as it is mounted: 2 speaks Data Center, 3 speaks Cloud. */
export type Flavour = {
  readonly version: 2 | 3
  /** Account ids instead of names, ADF instead of text, 400 instead of 403. */
  readonly isCloud: boolean
}

/** What an answer's looks depend on: version, links, zone and working day of the site. */
export type Look = Flavour & {
  /** Scheme, host and context path, without a slash at the end. */
  readonly base: string
  /** `{base}/rest/api/{version}`. */
  readonly api: string
  /** Zone in which moments are written. */
  readonly zone: string
  readonly duration: JiraDurationSettings
}

/** What an answer to this request looks like on its site. */
export async function lookOf(
  request: FastifyRequest,
  flavour: Flavour,
  { store, publicUrl }: Pick<JiraNativeNeeds, 'store' | 'publicUrl'>,
): Promise<Look> {
  const site = await store.sites.get(request.actor!.siteId)
  return makeLook(baseUrlOf(request, publicUrl), flavour, site)
}

export function makeLook(base: string, flavour: Flavour, site: Site): Look {
  return {
    ...flavour,
    base,
    api: `${base}/rest/api/${flavour.version}`,
    zone: site.timeZone,
    duration: { hoursPerDay: site.workingHoursPerDay, daysPerWeek: site.workingDaysPerWeek },
  }
}
