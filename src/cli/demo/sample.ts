import type { Site } from '../../domain/site.ts'
import { type Instant, localIn } from '../../domain/zone.ts'
import { type Company, makeCompany } from './company.ts'

const seed = 20_240_304

/** The company that `--demo` and the first start show, as it stands today. */
export function sampleCompany({ timeZone }: Pick<Site, 'timeZone'>, now: Instant): Company {
  return makeCompany({ today: localIn(timeZone, now).day, seed })
}
