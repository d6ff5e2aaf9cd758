// Jira's three categories and the one for none: their key, name and id are the same in every Jira.
const categories = [
  ['undefined', 'no category', '1'],
  ['new', 'to do', '2'],
  ['indeterminate', 'in progress', '4'],
  ['done', 'done', '3'],
] as const

const byText: ReadonlyMap<string, string> = new Map(
  categories.flatMap((texts) => texts.map((text) => [text, texts[0]] as const)),
)

/** The stored key of a status category given by name, key or id; undefined for none. */
export function statusCategoryKey(text: string): string | undefined {
  return byText.get(text.toLowerCase())
}
