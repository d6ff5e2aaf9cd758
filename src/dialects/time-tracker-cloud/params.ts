import { invalidField } from '../../domain/errors.ts'

/** A query string as this API reads it: names as they are, values in the order they came. */
export type Params = {
  first(...names: readonly string[]): string | undefined
  /** Repeated, comma-separated, or both; blanks around and empty items are dropped. */
  list(...names: readonly string[]): readonly string[]
  flag(name: string): boolean | undefined
  whole(name: string, least: number, most: number): number | undefined
}

const mostItems = 1_000

export function readParams(query: unknown): Params {
  const values = (name: string): string[] => {
    const value = (query as Readonly<Record<string, unknown>> | null)?.[name]
    return [value].flat().filter((one) => typeof one === 'string')
  }
  const first: Params['first'] = (...names) =>
    names
      .map((name) => values(name)[0]?.trim())
      .find((value) => value !== undefined && value !== '')
  return {
    first,
    list(...names) {
      const items = names.flatMap(values).flatMap((value) => value.split(','))
      const list = items.map((item) => item.trim()).filter((item) => item !== '')
      if (list.length > mostItems) throw invalidField(names[0]!, `at most ${mostItems} values`)
      return [...new Set(list)]
    },
    flag(name) {
      const value = first(name)
      return value === undefined ? undefined : value.toLowerCase() === 'true'
    },
    whole(name, least, most) {
      const value = first(name)
      if (value === undefined) return undefined
      const number = /^-?\d{1,6}$/.test(value) ? Number(value) : Number.NaN
      if (number >= least && number <= most) return number
      throw invalidField(name, `must be a whole number from ${least} to ${most}`)
    },
  }
}
