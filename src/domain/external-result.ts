import type { Instant } from './zone.ts'

/** The result with which the other system says that it has taken a worklog over. */
export const acceptedResult = 'OK'

/** What a system that pays or bills said of a worklog. */
export type ExternalResult = {
  readonly externalId: string | null
  /** Decimal hours as they came, with a dot. */
  readonly hours: string | null
  /** `OK`, or why it was refused there. */
  readonly result: string
  readonly at: Instant
  /** Fingerprint of the worklog that was answered for. */
  readonly fingerprint: string
}

export type ExternalState = 'new' | 'confirmed' | 'rejected' | 'changed'

/** How a worklog stands with the other system: only what was accepted and is the same is settled. */
export function externalState(
  known: Pick<ExternalResult, 'result' | 'fingerprint'> | undefined,
  fingerprint: string,
): ExternalState {
  if (!known) return 'new'
  if (known.result !== acceptedResult) return 'rejected'
  return known.fingerprint === fingerprint ? 'confirmed' : 'changed'
}

export const externalLimits = { idLength: 255, resultLength: 4_000, hoursLength: 40 } as const

/** Decimal hours with a dot, or undefined where the text is none: `8`, `7.5`, `7,5`. */
export function decimalHours(text: string): string | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain.length > externalLimits.hoursLength || !/^-?\d+(\.\d+)?$/.test(plain)) return undefined
  return plain.includes('.') ? plain : `${plain}.0`
}
