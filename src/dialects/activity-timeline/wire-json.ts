/** Characters that go into JSON as they are: an id of any size, or `8.0` where `8` would be written. */
export class Bare {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Wire =
  | null
  | boolean
  | number
  | string
  | Bare
  | readonly Wire[]
  | { readonly [key: string]: Wire }

/** An id that clients expect as a bare number: most exceed what a JavaScript number holds. */
export function idNumber(id: string): Bare {
  if (!/^\d{1,19}$/.test(id)) throw new Error(`${id} is no id`)
  return new Bare(id)
}

/** JSON without losing a digit, keys in the order they were written. */
export function writeJson(value: Wire): string {
  if (value instanceof Bare) return value.text
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`).join(',')}}`
}
