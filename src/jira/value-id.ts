/**
 * An id for a value that no Jira numbered, such as a status of an issue of our own: always the same
 * for the same name, and above what Jira gives out for such things.
 */
export function valueIdOf(name: string): string {
  let hash = 2_166_136_261
  for (const letter of name.toLowerCase())
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619) >>> 0
  return String(1_000_000_000 + (hash % 1_000_000_000))
}
