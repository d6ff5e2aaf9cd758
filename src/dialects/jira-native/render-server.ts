import { offsetSecondsAt } from '../../domain/zone.ts'
import { renderJiraDate } from '../../jira/date.ts'
import type { JiraNativeSettings } from './needs.ts'

/** What kind of Jira this is: old clients take their whole behaviour from it (contract B13). */
export function renderServerInfo(
  base: string,
  { deploymentType }: JiraNativeSettings,
  site: { readonly name: string; readonly timeZone: string },
  now: number,
) {
  const moment = (instant: number) =>
    renderJiraDate(instant, offsetSecondsAt(site.timeZone, instant))
  const isCloud = deploymentType === 'Cloud'
  const buildDate = moment(Date.UTC(2023, 10, 15))
  return {
    baseUrl: base,
    version: isCloud ? '1001.0.0-SNAPSHOT' : '9.12.0',
    versionNumbers: isCloud ? [1001, 0, 0] : [9, 12, 0],
    deploymentType,
    buildNumber: isCloud ? 100_250 : 912_000,
    buildDate,
    serverTime: moment(now),
    scmInfo: isCloud ? 'hourbook' : '0000000000000000000000000000000000000000',
    serverTitle: site.name,
    ...(isCloud ? { defaultLocale: { locale: 'en_US' }, serverTimeZone: site.timeZone } : {}),
  }
}
