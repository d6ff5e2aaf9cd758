import { canonicalJson } from './audit.ts'
import { endOfMonth, type Period, startOfMonth } from './day.ts'
import { checkFresh, checkMay, startChecks } from './directory-checks.ts'
import { DomainError } from './errors.ts'
import { decimalHours, type ExternalResult, externalLimits } from './external-result.ts'
import type { HandOverQuery, HandOverSettings, HandOverStore } from './hand-over.ts'
import { type Actor, can } from './permission.ts'
import { siteToday } from './site-day.ts'
import type { Store } from './store.ts'
import type { WorklogId } from './worklog.ts'
import type { WorklogBook } from './worklog-book.ts'
import type { Instant } from './zone.ts'

/** What the other system says of one worklog; what is left out stays as it was. */
export type ExternalAnswer = {
  readonly worklogId: string
  /** The fingerprint it was handed; another one means that the worklog has changed since. */
  readonly fingerprint: string
  readonly externalId?: string
  readonly hours?: string
  readonly result?: string
  /** Attribute values to set, by key. */
  readonly attributes?: Readonly<Record<string, string>>
}

export type AnswerRefusal =
  | 'unknown-worklog'
  | 'no-fingerprint'
  | 'stale-fingerprint'
  | 'invalid-hours'
  | 'invalid-text'
  | 'unknown-attribute'
  | 'locked'
  | 'refused'

/** What became of an answer, and what is stored after it. */
export type AnswerOutcome = {
  readonly refusal?: { readonly reason: AnswerRefusal; readonly message: string }
  readonly stored: ExternalResult | undefined
}

export type HandOverSettingsChange = Partial<Omit<HandOverSettings, 'version'>>

/**
 * Worklogs on their way to systems that pay or bill: handed over whole, whoever may see them, to
 * whoever carries a token made for that; what those systems say comes back row by row.
 */
export type HandOvers = {
  /** Throws `forbidden` unless the actor may; leaves a trace of who took what. */
  begin(actor: Actor, what: string, asked: Readonly<Record<string, unknown>>): Promise<void>
  count(query: HandOverQuery): Promise<number>
  scan: HandOverStore['scan']
  /** One answer in one transaction of its own: stored whole or not at all. */
  answer(actor: Actor, answer: ExternalAnswer): Promise<AnswerOutcome>
  /** Days that are handed over when nobody names any: the running month where the site is. */
  openPeriod(actor: Actor): Promise<Period>
  settings(actor: Actor): Promise<HandOverSettings>
  changeSettings(
    actor: Actor,
    change: HandOverSettingsChange,
    ifVersion?: number,
  ): Promise<HandOverSettings>
}

export type HandOverNeeds = {
  readonly store: Store
  readonly book: WorklogBook
  readonly now: () => Instant
}

export function makeHandOvers({ store, book, now }: HandOverNeeds): HandOvers {
  return {
    async begin(actor, what, asked) {
      checkHandOver(actor)
      await store.write(actor.siteId, async (tx) =>
        tx.note({
          at: now(),
          actorId: actor.personId,
          via: actor.via,
          action: `hand-over.${what}`,
          objectType: 'hand-over',
          objectId: what,
          before: null,
          after: asked,
        }),
      )
    },
    count: (query) => store.handOvers.count(query),
    scan: (query, parts, customFields) => store.handOvers.scan(query, parts, customFields),
    async answer(actor, answer) {
      checkHandOver(actor)
      const id = answer.worklogId as WorklogId
      const before = await store.handOvers.findRow(actor.siteId, id)
      const refuse = (reason: AnswerRefusal, message: string): AnswerOutcome => ({
        refusal: { reason, message },
        stored: before?.external,
      })
      if (!before) return refuse('unknown-worklog', 'worklog not found')
      if (answer.fingerprint === '') return refuse('no-fingerprint', 'hash value missing')
      if (answer.fingerprint !== before.fingerprint)
        return refuse('stale-fingerprint', 'hash value does not match')
      const hours = answer.hours === undefined ? undefined : decimalHours(answer.hours)
      if (answer.hours !== undefined && hours === undefined)
        return refuse('invalid-hours', 'invalid external_hours')
      const problem = textProblemOf(answer)
      if (problem) return refuse('invalid-text', problem)
      if (answer.attributes && !before.isGone) {
        const attributes = { ...Object.fromEntries(before.attributes), ...answer.attributes }
        const [outcome] = await book.write({
          actor: writerFor(actor),
          commands: [{ kind: 'change', id, change: { attributes } }],
        })
        if (outcome && !outcome.ok) return refuse(...refusalOf(outcome.refusal))
      }
      return keep(actor, answer, hours)
    },
    async openPeriod(actor) {
      const today = await siteToday(store, actor.siteId, now())
      return { from: startOfMonth(today), to: endOfMonth(today) }
    },
    async settings(actor) {
      if (!can(actor, 'administer', { type: 'site' })) checkHandOver(actor)
      return store.handOvers.getSettings(actor.siteId)
    },
    async changeSettings(actor, change, ifVersion) {
      checkMay(actor, 'administer', { type: 'site' }, 'change how worklogs are handed over')
      checkSettings(change)
      return store.write(actor.siteId, async (tx) => {
        const before = await tx.handOvers.getSettings(actor.siteId)
        checkFresh(before, ifVersion)
        const wanted = { ...before, ...change }
        if (canonicalJson(wanted) === canonicalJson(before)) return before
        const after = { ...wanted, version: tx.takeVersions(1) }
        await tx.handOvers.putSettings(actor.siteId, after)
        tx.note({
          at: now(),
          actorId: actor.personId,
          via: actor.via,
          action: 'hand-over.settings',
          objectType: 'site',
          objectId: String(actor.siteId),
          before,
          after,
        })
        return after
      })
    },
  }

  /** The fingerprint is looked at once more where nobody else can write. */
  async function keep(
    actor: Actor,
    answer: ExternalAnswer,
    hours: string | undefined,
  ): Promise<AnswerOutcome> {
    const id = answer.worklogId as WorklogId
    return store.write(actor.siteId, async (tx) => {
      const row = await tx.handOvers.findRow(actor.siteId, id)
      const isSame = answer.attributes !== undefined || row?.fingerprint === answer.fingerprint
      if (!row || !isSame)
        return {
          refusal: { reason: 'stale-fingerprint', message: 'hash value does not match' },
          stored: row?.external,
        }
      if (answer.result === undefined) return { stored: row.external }
      const after: ExternalResult = {
        externalId: answer.externalId ?? row.external?.externalId ?? null,
        hours: hours ?? row.external?.hours ?? null,
        result: answer.result.trim(),
        at: now(),
        fingerprint: row.fingerprint,
      }
      await tx.handOvers.put(actor.siteId, id, after)
      tx.note({
        at: now(),
        actorId: actor.personId,
        via: actor.via,
        action: 'external-result.store',
        objectType: 'worklog',
        objectId: id,
        before: row.external ?? null,
        after,
      })
      return { stored: after }
    })
  }
}

function checkHandOver(actor: Actor): void {
  if (!can(actor, 'read', { type: 'hand-over' }))
    throw new DomainError('forbidden', 'The token was not made for handing worklogs over')
}

/** Whoever may hand worklogs over sets their attributes too, but never opens what is locked. */
function writerFor(actor: Actor): Actor {
  return { ...actor, role: 'manager', scopes: ['read', 'write'] }
}

function refusalOf(refusal: {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}): [AnswerRefusal, string] {
  if (refusal.code === 'locked') return ['locked', 'period closed']
  if (refusal.details.reason === 'attribute-unknown') return ['unknown-attribute', refusal.message]
  return ['refused', refusal.message]
}

function textProblemOf({ externalId, result }: ExternalAnswer): string | undefined {
  if ((externalId ?? '').length > externalLimits.idLength)
    return `external_id longer than ${externalLimits.idLength}`
  if ((result ?? '').length > externalLimits.resultLength)
    return `external_result longer than ${externalLimits.resultLength}`
  return undefined
}

function checkSettings({ customFields }: HandOverSettingsChange): void {
  const checks = startChecks()
  if (customFields && customFields.length > 100)
    checks.wrong('customFields', 'must name at most 100 fields')
  for (const field of customFields ?? [])
    checks.matches(
      'customFields',
      field,
      /^customfield_[0-9]{1,18}$/,
      'must be ids of custom fields',
    )
  if (customFields && new Set(customFields).size !== customFields.length)
    checks.wrong('customFields', 'must name each field once')
  checks.finish('The settings cannot be accepted')
}
