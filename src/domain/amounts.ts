/**
 * Exact amounts of seconds, one per day: whole seconds, and below them a fraction with its own
 * denominator. 10 h over 3 days stay thirds until somebody prints them.
 */
export type Amounts = {
  readonly whole: Float64Array
  /** The fraction of each day is `numerator / denominator`, at least 0 and below 1. */
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  /** Fractions whose denominator left the numbers that are exact. */
  readonly big: Map<number, Fraction>
}

/** An exact fraction, at least 0 and below 1. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint }

/** Nothing on each of so many days. */
export function noAmounts(days: number): Amounts {
  return {
    whole: new Float64Array(days),
    numerator: new Float64Array(days),
    denominator: new Float64Array(days).fill(1),
    big: new Map(),
  }
}

/** Adds whole seconds to a day. */
export function addWhole(amounts: Amounts, at: number, seconds: number): void {
  amounts.whole[at]! += seconds
}

/** Adds `seconds / parts` to a day; both whole, `parts` at least 1. */
export function addShare(amounts: Amounts, at: number, seconds: number, parts: number): void {
  const whole = Math.floor(seconds / parts)
  amounts.whole[at]! += whole
  const rest = seconds - whole * parts
  if (rest === 0) return
  const common = greatestCommon(rest, parts)
  addFraction(amounts, at, rest / common, parts / common)
}

/** What of a day's amount lies below a whole second. */
export function fractionAt(amounts: Amounts, at: number): Fraction {
  const big = amounts.big.get(at)
  if (big) return big
  return {
    numerator: BigInt(amounts.numerator[at]!),
    denominator: BigInt(amounts.denominator[at]!),
  }
}

/** Whether a day's amount is no whole number of seconds. */
export function hasFraction(amounts: Amounts, at: number): boolean {
  return amounts.numerator[at]! > 0 || (amounts.big.get(at)?.numerator ?? 0n) > 0n
}

/** The exact sum over some days, by index, as whole seconds and what is below them. */
export function sumOf(amounts: Amounts, days: Iterable<number>): Amounts {
  const sum = noAmounts(1)
  for (const at of days) {
    sum.whole[0]! += amounts.whole[at]!
    const { numerator, denominator } = fractionAt(amounts, at)
    if (numerator > 0n)
      addFraction(sum, 0, Number(numerator), Number(denominator), [numerator, denominator])
  }
  return sum
}

/** Whole seconds, rounded half up. */
export function roundedSeconds(amounts: Amounts, at: number): number {
  const { numerator, denominator } = fractionAt(amounts, at)
  return amounts.whole[at]! + (2n * numerator >= denominator ? 1 : 0)
}

function addFraction(
  amounts: Amounts,
  at: number,
  numerator: number,
  denominator: number,
  exact?: readonly [bigint, bigint],
): void {
  const known = amounts.big.get(at)
  if (!known && Number.isSafeInteger(denominator)) {
    const present = amounts.denominator[at]!
    const least = (present / greatestCommon(present, denominator)) * denominator
    if (least <= Number.MAX_SAFE_INTEGER / 2) {
      const sum = amounts.numerator[at]! * (least / present) + numerator * (least / denominator)
      const carry = sum >= least ? 1 : 0
      const rest = sum - carry * least
      const common = greatestCommon(rest, least)
      amounts.whole[at]! += carry
      amounts.numerator[at] = rest / common
      amounts.denominator[at] = least / common
      return
    }
  }
  const [addedNumerator, addedDenominator] = exact ?? [BigInt(numerator), BigInt(denominator)]
  const before = fractionAt(amounts, at)
  const sum = before.numerator * addedDenominator + addedNumerator * before.denominator
  const product = before.denominator * addedDenominator
  const carry = sum >= product
  const rest = carry ? sum - product : sum
  const common = greatestCommonBig(rest, product)
  if (carry) amounts.whole[at]! += 1
  amounts.numerator[at] = 0
  amounts.denominator[at] = 1
  amounts.big.set(at, { numerator: rest / common, denominator: product / common })
}

function greatestCommon(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

function greatestCommonBig(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
