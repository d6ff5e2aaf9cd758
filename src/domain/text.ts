/**
 * Why a text cannot be stored, or undefined: too long (in UTF-16 units), a NUL character
 * (PostgreSQL has no place for one), half of a surrogate pair, or a byte order mark at the front (the
 * embedded database does not give it back).
 */
export function textProblem(text: string, maxLength: number): string | undefined {
  if (text.length > maxLength) return `must be at most ${maxLength} characters long`
  if (text.includes('\0')) return 'must not contain the NUL character'
  if (text.startsWith('\ufeff')) return 'must not begin with a byte order mark'
  return isWellFormed(text) ? undefined : 'must not contain half of a surrogate pair'
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text)
}
