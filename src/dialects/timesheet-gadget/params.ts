import { invalidField } from '../../domain/errors.ts'

/** A query string as this API reads it: an empty value means not given (contract 1.7). */
export type Params = {
  first(name: string): string | undefined
  /** Whether the parameter came at all, be it empty. */
  has(name: string): boolean
  list(name: string): readonly string[]
  flag(name: string, fallback: boolean): boolean
  whole(name: string, fallback: number, least: number, most: number): number
}

const mostItems = 200

export function readParams(query: unknown): Params {
  const values = (name: string): string[] => {
    const value = (query as Readonly<Record<string, unknown>> | null)?.[name]
    return [value].flat().filter((one) => typeof one === 'string')
  }
  const first = (name: string) => values(name)[0]?.trim() || undefined
  return {
    first,
    has: (name) => values(name).length > 0,
    list(name) {
      const items = values(name).flatMap((value) => value.split(','))
      const list = [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))]
      if (list.length > mostItems) throw invalidField(name, `at most ${mostItems} values`)
      return list
    },
    flag(name, fallback) {
      const value = first(name)?.toLowerCase()
      if (value === undefined) return fallback
      if (value === 'true' || value === 'false') return value === 'true'
      throw invalidField(name, 'must be true or false')
    },
    whole(name, fallback, least, most) {
      const value = first(name)
      if (value === undefined) return fallback
      const number = /^-?\d{1,6}$/.test(value) ? Number(value) : Number.NaN
      if (number >= least && number <= most) return number
      throw invalidField(name, `must be a whole number from ${least} to ${most}`)
    },
  }
}
