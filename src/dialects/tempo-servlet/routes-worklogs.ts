import type { HandOverPart, HandOverQuery } from '../../domain/hand-over.ts'
import type { Actor } from '../../domain/permission.ts'
import type { ServletNeeds } from './needs.ts'
import { type Params, readPeriod, readWorklogParams, type WorklogParams } from './params.ts'
import { renderExcel } from './render-excel.ts'
import { renderReport, sumReport } from './render-report.ts'
import { renderTestData } from './render-updates.ts'
import type { Look } from './render-worklog.ts'
import { renderWorklogs } from './render-worklogs.ts'

/** What goes out: its type, and its text bit by bit. */
export type Document = {
  readonly type: string
  readonly fileName?: string
  readonly chunks: AsyncIterable<string>
}

const xmlType = 'text/xml;charset=UTF-8'

/** Seed 003, GetWorklogs. Everything that can be refused is refused before the first byte. */
export async function getWorklogs(
  actor: Actor,
  sent: Params,
  needs: ServletNeeds,
): Promise<Document> {
  const { handOvers, store, now } = needs
  const startedAt = now()
  const params = readWorklogParams(sent)
  const period = readPeriod(sent, await handOvers.openPeriod(actor))
  const settings = await handOvers.settings(actor)
  const site = await store.sites.get(actor.siteId)
  const query: HandOverQuery = {
    siteId: actor.siteId,
    period,
    ...(await named(actor, params, needs)),
    isUnsettledOnly: params.diffOnly,
    isFaultyOnly: params.errorsOnly,
    isCompleteOnly: params.validOnly,
    withTombstones: settings.keepsTombstones && (params.diffOnly || params.addDeletedWorklogs),
  }
  const look: Look = { params, settings, zone: site.timeZone }
  const parts = partsOf(params, settings.customFields.length > 0)
  const rows = params.headerOnly ? nothing() : handOvers.scan(query, parts, settings.customFields)
  if (params.format === 'excel')
    return {
      type: 'application/vnd.ms-excel;charset=UTF-8',
      fileName: 'worklogs.xls',
      chunks: renderExcel(rows, look),
    }
  if (params.format === 'testData') return { type: xmlType, chunks: renderTestData(rows) }
  const count = await handOvers.count(query)
  const header = { ...period, count, durationMs: now() - startedAt }
  return { type: xmlType, chunks: renderWorklogs(header, rows, look) }
}

/** Seed 003, WorklogReport: external hours count unless told otherwise. */
export async function getWorklogReport(
  actor: Actor,
  sent: Params,
  { handOvers }: ServletNeeds,
): Promise<Document> {
  const period = readPeriod(sent, await handOvers.openPeriod(actor))
  const usesExternalHours =
    sent.useExternalHours === undefined || sent.useExternalHours.toLowerCase() === 'true'
  const query: HandOverQuery = {
    siteId: actor.siteId,
    period,
    ...(sent.billingKey === undefined ? {} : { accountKey: sent.billingKey }),
    isUnsettledOnly: false,
    isFaultyOnly: false,
    isCompleteOnly: false,
    withTombstones: false,
  }
  const totals = await sumReport(handOvers.scan(query, new Set(), []), usesExternalHours)
  const parts = new Set<HandOverPart>(['account', 'issue', 'person'])
  const header = { ...period, billingKey: sent.billingKey ?? '', usesExternalHours }
  const rows = handOvers.scan(query, parts, [])
  return { type: xmlType, chunks: renderReport(header, totals, rows) }
}

function partsOf(params: WorklogParams, hasCustomFields: boolean): ReadonlySet<HandOverPart> {
  const parts: readonly (readonly [HandOverPart, boolean])[] = [
    ['account', params.addBillingInfo],
    ['issue', params.addIssueDetails],
    ['parent', params.addParentIssue],
    ['person', params.addUserDetails],
    ['approval', params.addApprovalStatus],
    ['customFields', hasCustomFields],
  ]
  return new Set(parts.flatMap(([part, isOn]) => (isOn ? [part] : [])))
}

/** Names that nothing bears match nothing [contract 1.13]. */
async function named(actor: Actor, params: WorklogParams, { store }: ServletNeeds) {
  const { siteId } = actor
  const { userName, projectKey, issueKey, billingKey } = params
  const found = async <T extends { readonly id: string }>(
    name: string,
    find: (names: readonly string[]) => Promise<ReadonlyMap<string, readonly T[]>>,
    isNamed: (one: T) => boolean,
  ) => ((await find([name])).get(name) ?? []).filter(isNamed).map(({ id }) => id as T['id'])
  return {
    ...(userName === ''
      ? {}
      : {
          authorIds: await found(
            userName,
            (names) => store.people.findByNames(siteId, names),
            ({ username, accountId, key }) => [username, accountId, key].includes(userName),
          ),
        }),
    ...(projectKey === ''
      ? {}
      : {
          projectIds: await found(
            projectKey,
            (names) => store.projects.findByNames(siteId, names),
            ({ key }) => key === projectKey,
          ),
        }),
    ...(issueKey === ''
      ? {}
      : {
          issueIds: await found(
            issueKey,
            (names) => store.issues.findByNames(siteId, names),
            ({ id }) => id !== issueKey,
          ),
        }),
    ...(billingKey === '' ? {} : { accountKey: billingKey }),
  }
}

async function* nothing(): AsyncGenerator<never> {}
