import type { FastifyInstance } from 'fastify'
import type { Day } from '../../domain/day.ts'
import { badRequest } from './errors.ts'
import { toDay } from './query.ts'

/** JSON whatever the content type says; nothing sent is no body, also with a JSON content type. */
export function readBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const parse = scope.getDefaultJsonParser('error', 'ignore')
  scope.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    if (String(text).trim() === '') return done(null, undefined)
    void parse(request, String(text), (error, value) =>
      error ? done(badRequest('The request body is not valid JSON')) : done(null, value),
    )
  })
}

/**
 * An object out of a body, read field by field. `null` means "not given" [C 1], numbers may come as
 * digits in quotes [C 2], unknown fields are ignored [C 4]. What is wrong is gathered, so that one
 * answer names it all.
 */
export type Fields = {
  has(name: string): boolean
  text(name: string): string | undefined
  /** A whole number; `5400.0` and `"5400"` are whole as well. */
  whole(name: string): number | undefined
  number(name: string): number | undefined
  flag(name: string): boolean | undefined
  day(name: string): Day | undefined
  /** An id as digits. */
  id(name: string): string | undefined
  /** One of some words, in any capitals. */
  oneOf<const T extends string>(name: string, words: readonly T[]): T | undefined
  texts(name: string): readonly string[] | undefined
  ids(name: string): readonly string[] | undefined
  objects(name: string): readonly Fields[] | undefined
  object(name: string): Fields | undefined
  /** Whatever JSON it is. */
  any(name: string): unknown
  /** Remembers a refusal. */
  wrong(message: string): void
  /** Throws everything that was wrong, at once. */
  check(): void
}

const mostItems = 10_000

/** Reads a body that must be an object; a missing one is an empty object. */
export function fieldsOf(body: unknown): Fields {
  if (body !== undefined && !isObject(body))
    throw badRequest('The request body must be a JSON object')
  return readFields(body ?? {}, [])
}

/** Reads a body that must be an array of objects. */
export function listOf(body: unknown): { rows: readonly Fields[]; check(): void } {
  if (!Array.isArray(body) || !body.every(isObject))
    throw badRequest('The request body must be a JSON array of objects')
  if (body.length > mostItems) throw badRequest(`At most ${mostItems} rows can be sent at once`)
  const problems: string[] = []
  return {
    rows: body.map((row) => readFields(row, problems)),
    check: () => finish(problems),
  }
}

function readFields(source: Readonly<Record<string, unknown>>, problems: string[]): Fields {
  const given = (name: string) =>
    Object.hasOwn(source, name) ? (source[name] ?? undefined) : undefined
  const wrong = (message: string) => void problems.push(message)
  const read = <T>(name: string, what: string, convert: (value: unknown) => T | undefined) => {
    const value = given(name)
    if (value === undefined) return undefined
    const converted = convert(value)
    if (converted === undefined) wrong(`'${name}' must be ${what}`)
    return converted
  }
  const list = <T>(name: string, what: string, convert: (value: unknown) => T | undefined) =>
    read(name, `a list of ${what}`, (value) => {
      if (!Array.isArray(value) || value.length > mostItems) return undefined
      const items = value.map(convert)
      return items.some((item) => item === undefined) ? undefined : (items as T[])
    })
  return {
    has: (name) => given(name) !== undefined,
    text: (name) => read(name, 'text', toText),
    whole: (name) => read(name, 'a whole number', (value) => wholeOf(toNumber(value))),
    number: (name) => read(name, 'a number', toNumber),
    flag: (name) =>
      read(name, 'true or false', (value) => {
        if (typeof value === 'boolean') return value
        return value === 'true' ? true : value === 'false' ? false : undefined
      }),
    day(name) {
      const text = read(name, 'a date', toText)
      if (text === undefined) return undefined
      try {
        return toDay(name, text)
      } catch (error) {
        wrong((error as Error).message)
        return undefined
      }
    },
    id: (name) => read(name, 'an id', toId),
    oneOf(name, words) {
      const text = read(name, 'text', toText)
      if (text === undefined) return undefined
      const word = words.find((one) => one.toLowerCase() === text.toLowerCase())
      if (word === undefined) wrong(`'${name}' must be one of ${words.join(', ')}`)
      return word
    },
    texts: (name) => list(name, 'texts', toText),
    ids: (name) => list(name, 'ids', toId),
    objects: (name) =>
      list(name, 'objects', (value) => (isObject(value) ? readFields(value, problems) : undefined)),
    object: (name) =>
      read(name, 'an object', (value) =>
        isObject(value) ? readFields(value, problems) : undefined,
      ),
    any: given,
    wrong,
    check: () => finish(problems),
  }
}

function finish(problems: readonly string[]): void {
  if (problems.length > 0) throw badRequest(...new Set(problems.slice(0, 100)))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && !value.includes('\0') ? value : undefined
}

function toNumber(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^-?\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function wholeOf(number: number | undefined): number | undefined {
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined
}

function toId(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && /^[1-9]\d{0,17}$/.test(text) ? text : undefined
}
