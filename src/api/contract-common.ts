import { type Static, type TProperties, type TSchema, Type } from '@sinclair/typebox'

/** An input or answer whose every field is named here: anything else is refused or left out. */
export function closed<T extends TProperties>(
  properties: T,
  options: Record<string, unknown> = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** Text the database has a place for. */
export function text(maxLength: number, options: Record<string, unknown> = {}) {
  return Type.String({ maxLength, format: 'storable-text', ...options })
}

/** Any name something goes by: never empty. */
export function name(description: string, examples: readonly string[]) {
  return text(255, { minLength: 1, description, examples })
}

/** The same schema, or null. */
export function nullable<T extends TSchema>(schema: T) {
  const { type, enum: values } = schema as { type?: string; enum?: readonly unknown[] }
  return Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [type, 'null'],
    ...(values ? { enum: [...values, null] } : {}),
  })
}

/** One of some words. */
export function oneOf<const T extends string>(
  values: readonly T[],
  options: Record<string, unknown> = {},
) {
  return Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })
}

/** A schema by its `$id`, which makes it a component of the OpenAPI document. */
export function ref<T extends TSchema>(schema: T) {
  return Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
}

/** A map from names the caller chooses to texts. */
export function textMap(mostNames: number, maxLength: number, options: Record<string, unknown>) {
  return Type.Unsafe<Record<string, string>>({
    type: 'object',
    maxProperties: mostNames,
    propertyNames: { type: 'string', minLength: 1, maxLength: 255, format: 'storable-text' },
    additionalProperties: { type: 'string', maxLength, format: 'storable-text' },
    ...options,
  })
}

export const Id = Type.String({ description: 'Our id: digits', examples: ['4711'] })

export const DayText = Type.String({
  format: 'date',
  maxLength: 10,
  description: 'A calendar day, YYYY-MM-DD',
  examples: ['2026-03-02'],
})

export const Moment = Type.String({
  description: 'A moment with its UTC offset, RFC 3339',
  examples: ['2026-03-02T09:00:00.000+01:00'],
})

export const Version = Type.Integer({
  description: 'Place in the change feed of the site; also the ETag',
  examples: [8128],
})

// Query strings are text: patterns instead of numbers, converted by `toNumber`.
export const Limit = Type.String({
  pattern: '^([1-9][0-9]{0,2}|1000)$',
  description: 'How many at most, 1 to 1000; 100 when left out',
  examples: ['100'],
})

export const Cursor = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,400}$',
  description: '`next` of the page before: asks for what follows it',
})

export const Flag = oneOf(['true', 'false'])

export const Next = nullable(
  Type.String({ description: 'Cursor of the next page; null after the last one' }),
)

/** A parameter that may be given several times; a lone value arrives as a list of one. */
export function repeatable(item: TSchema, description: string) {
  const { description: _, ...plain } = item
  return Type.Unsafe<string[]>({ type: 'array', items: plain, maxItems: 200, description })
}

export const Problem = closed(
  {
    type: Type.String({ examples: ['about:blank'] }),
    title: Type.String({ examples: ['The request is not valid'] }),
    status: Type.Integer({ examples: [400] }),
    detail: Type.String({ examples: ['timeSpentSeconds must be <= 36000000'] }),
    code: Type.String({
      description:
        'invalid, unauthenticated, forbidden, not-found, conflict, locked, upstream, unavailable or internal',
      examples: ['invalid'],
    }),
    instance: Type.Optional(Type.String({ description: 'The request id, as in the logs' })),
    problems: Type.Optional(
      Type.Array(closed({ field: Type.String(), message: Type.String() }), {
        description: 'What is wrong with which field',
      }),
    ),
  },
  {
    $id: 'Problem',
    additionalProperties: true,
    description: 'A problem document, RFC 9457',
  },
)
export type ProblemBody = Static<typeof Problem>
