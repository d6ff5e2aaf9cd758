import type { Day } from '../../domain/day.ts'
import { attributes, hoursText, xmlDeclaration } from './xml.ts'

/** Contract 6: seed 003 names the two values of `enabled`. */
export type BillingKey = {
  readonly key: string
  readonly name: string
  readonly isOpen: boolean
  readonly customerKey: string
  readonly customerName: string
  readonly projectKeys: readonly string[]
  readonly leadName: string
  readonly leadUsername: string
  readonly contactName: string
  readonly categoryName: string
  readonly categoryKey: string
}

/** All attributes always: a client reads a missing one as empty. */
export function renderBillingKeys(keys: readonly BillingKey[]): string {
  const lines = keys.map(
    (one) =>
      `  <billing_key${attributes([
        ['key', one.key],
        ['name', one.name],
        ['enabled', one.isOpen ? '3' : '2'],
        ['client', one.customerKey],
        ['client_name', one.customerName],
        ['project_key_list', one.projectKeys.join(',')],
        ['responsable', one.leadName],
        ['responsable_initials', one.leadUsername],
        ['project_owner', one.contactName],
        ['category', one.categoryName],
        ['category_code', one.categoryKey],
      ])}/>\n`,
  )
  return `${xmlDeclaration}<billing_keys>\n${lines.join('')}</billing_keys>\n`
}

/** A day on which a holiday of a scheme falls. */
export type HolidayOccurrence = {
  readonly day: Day
  readonly name: string
  readonly isFixed: boolean
  readonly seconds: number
  readonly scheme: string
}

/** Contract 7, in the manner of the billing keys. */
export function renderHolidays(holidays: readonly HolidayOccurrence[]): string {
  const lines = holidays.map(
    (one) =>
      `  <holiday${attributes([
        ['date', one.day],
        ['name', one.name],
        ['fixed', String(one.isFixed)],
        ['hours', hoursText(one.seconds)],
        ['scheme', one.scheme],
      ])}/>\n`,
  )
  return `${xmlDeclaration}<holidays>\n${lines.join('')}</holidays>\n`
}
