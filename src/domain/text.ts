/**
 * Why a text cannot be stored, or undefined: too long (in UTF-16 units), a NUL character
 * (PostgreSQL has no place for one) or half of a surrogate pair.
 */
export function textProblem(text: string, maxLength: number): string | undefined {
  if (text.length > maxLength) return `must be at most ${maxLength} characters long`
  if (text.includes('\0')) return 'must not contain the NUL character'
  return isWellFormed(text) ? undefined : 'must not contain half of a surrogate pair'
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text)
}
