/** One field of an object before and after a change. */
export type FieldDiff = {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** What differs between two states of an object, field by field, in the order of their names. */
export function diffOf(before: unknown, after: unknown): readonly FieldDiff[] {
  const was = fieldsOf(before)
  const is = fieldsOf(after)
  const fields = [...new Set([...was.keys(), ...is.keys()])].sort()
  return fields.flatMap((field) => {
    const one = { field, before: was.get(field) ?? null, after: is.get(field) ?? null }
    return one.before === one.after ? [] : [one]
  })
}

function fieldsOf(value: unknown): ReadonlyMap<string, string> {
  if (value === null || value === undefined) return new Map()
  if (typeof value !== 'object' || Array.isArray(value)) return new Map([['', textOf(value)]])
  return new Map(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([name, inner]) => [name, textOf(inner)]),
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
