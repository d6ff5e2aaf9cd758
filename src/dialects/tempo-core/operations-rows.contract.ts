/** What rows of the table name in braces: ids and keys of one version's things, as text. */
export type Facts = Readonly<Record<string, string>> & { readonly version: string }

type Body = unknown | ((facts: Facts) => unknown)

/** A request that is refused, told by what it does otherwise than the good one. */
type Other = { readonly path?: string; readonly query?: string; readonly body?: Body }

/**
 * One operation, called in the order of the table by an administrator; both versions have it unless
 * `in` says which. Names in braces stand for facts, which earlier rows left behind by `keep`.
 */
export type Row = {
  readonly op: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} ${string}`
  readonly in?: 3 | 4
  readonly query?: string
  readonly body?: Body
  readonly answers?: 204
  /** Facts out of the answer, by the path of the value in it. */
  readonly keep?: Readonly<Record<string, string>>
  /** Answered with 400; null where nothing of the request can be wrong. */
  readonly bad: Other | null
  /** Answered with 404; null where nothing is named that could be missing. */
  readonly unknown: Other | null
  /**
   * What an employee gets whose token may do everything: by default what changes things is
   * refused, and what reads is not asked; null where an employee would do it.
   */
  readonly employee?: number | null
  /** A POST that only reads. */
  readonly isSearch?: true
}

/** An account id nobody has. */
export const nobody = 'nobody-at-all'
/** A month as most lists take it. */
export const march = 'from=2026-03-01&to=2026-03-31'
/** A week of eight hours a day. */
export const week = [
  ...['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'].map((day) => [day, 28_800] as const),
  ...['SATURDAY', 'SUNDAY'].map((day) => [day, 0] as const),
].map(([day, requiredSeconds]) => ({ day, requiredSeconds }))

/** A body with nothing but a name of its own in each version. */
export const named =
  (name: string, more: object = {}) =>
  ({ version }: Facts) => ({ name: `${name} ${version}`, ...more })

/** Rows of a thing that is told by an id and has nothing but a name to be wrong. */
export function plain(
  path: string,
  fact: string,
  name: string,
  { only }: { only?: 4 } = {},
): Row[] {
  const version = only === undefined ? {} : { in: only }
  const one = `${path}/{${fact}}`
  const gone = { path: `${path}/999999` }
  return [
    {
      op: `POST ${path}`,
      ...version,
      body: named(name),
      keep: { [fact]: 'id' },
      bad: { body: {} },
      unknown: null,
    },
    { op: `GET ${one}`, ...version, bad: null, unknown: gone },
    {
      op: `PUT ${one}`,
      ...version,
      body: named(`${name} renamed`),
      bad: { body: { name: 7 } },
      unknown: gone,
    },
  ]
}

/** A thing is removed. */
export const removed = (path: string, fact: string, more: Partial<Row> = {}): Row => ({
  op: `DELETE ${path}/{${fact}}`,
  answers: 204,
  bad: null,
  unknown: { path: `${path}/999999` },
  ...more,
})
