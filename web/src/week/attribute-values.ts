import type { Attribute } from '../api/attributes-query.ts'
import { ProblemError } from '../api/problem.ts'
import type { useAttributeTexts } from './attribute-texts.ts'

export type AttributeValues = Readonly<Record<string, string>>

type Texts = ReturnType<typeof useAttributeTexts>
type Definition = Pick<Attribute, 'key' | 'type' | 'isRequired'>

/** What the field of an attribute is called within its form. */
export function fieldName(key: string): string {
  return `attribute ${key}`
}

/**
 * The values a form says, and whatever older attributes left on the worklog. A box that is not
 * ticked says `false` only where something has to be said, or was.
 */
export function attributesOf(
  form: FormData,
  definitions: readonly Definition[],
  before: AttributeValues,
): AttributeValues {
  const known = new Set(definitions.map(({ key }) => key))
  const others = Object.entries(before).filter(([key]) => !known.has(key))
  const said = definitions.map(({ key, type, isRequired }) => {
    const text = String(form.get(fieldName(key)) ?? '').trim()
    if (type === 'input-numeric') return [key, text.replace(',', '.')]
    const isFalse = type === 'checkbox' && text === '' && (isRequired || before[key] !== undefined)
    return [key, isFalse ? 'false' : text]
  })
  return Object.fromEntries([...others, ...said.filter(([, value]) => value !== '')])
}

/** Whether the same is said. */
export function sameAttributes(a: AttributeValues, b: AttributeValues): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => a[key] === b[key])
}

/**
 * What is wrong before anything is sent, by key. An account that is missing may be the project's
 * own one, and the rest only the server knows.
 */
export function attributeProblems(
  t: Texts,
  definitions: readonly Definition[],
  values: AttributeValues,
): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  for (const { key, type, isRequired } of definitions) {
    const value = values[key]
    if (value === undefined) {
      if (isRequired && type !== 'account') problems.set(key, t.missing)
    } else if (type === 'input-numeric' && !/^-?\d{1,15}(\.\d{1,10})?$/.test(value))
      problems.set(key, t.number)
  }
  return problems
}

/** The same of what the server refused, in the words of the reader where we have some. */
export function refusedAttributes(
  t: Texts,
  definitions: readonly Definition[],
  values: AttributeValues,
  error: unknown,
): ReadonlyMap<string, string> {
  const types = new Map(definitions.map(({ key, type }) => [key, type]))
  const texts = (key: string) =>
    values[key] === undefined
      ? t.missing
      : { account: t.account, 'static-list': t.list, 'input-numeric': t.number }[
          types.get(key) as string
        ]
  return new Map(fieldsOf(error).map(({ key, message }) => [key, texts(key) ?? message] as const))
}

/** Whether a refusal speaks of work attributes. */
export function isAboutAttributes(error: unknown): boolean {
  return fieldsOf(error).length > 0
}

function fieldsOf(error: unknown): { key: string; message: string }[] {
  if (!(error instanceof ProblemError)) return []
  return (error.problem.problems ?? []).flatMap(({ field, message }) =>
    field.startsWith('attributes.') ? [{ key: field.slice('attributes.'.length), message }] : [],
  )
}
