import type { TSchema } from '@sinclair/typebox'
import type { FastifySchema } from 'fastify'
import { Problem, ref } from './contract.ts'

export type Tag =
  | 'Planning'
  | 'Worklogs'
  | 'Reports'
  | 'Changes'
  | 'People'
  | 'Teams'
  | 'Projects and issues'
  | 'Accounts'
  | 'Calendar'
  | 'Closing'
  | 'Approval'
  | 'Connections'
  | 'Site'
  | 'Entering'

type Operation = {
  readonly id: string
  readonly tag: Tag
  readonly summary: string
  readonly description: string
  readonly answers: Readonly<Record<number, TSchema | Readonly<Record<string, unknown>>>>
  readonly querystring?: TSchema
  readonly params?: TSchema
  readonly headers?: TSchema
  readonly body?: TSchema
  /** For routes that need no token. */
  readonly security?: readonly []
}

/** What a route takes and answers, checked by the server and told by the OpenAPI document. */
export function operation({ id, answers, tag, ...parts }: Operation): FastifySchema {
  return {
    operationId: id,
    tags: [tag],
    ...parts,
    response: {
      ...answers,
      default: {
        description: 'Refused: a problem document says why',
        content: { 'application/problem+json': { schema: ref(Problem) } },
      },
    },
  }
}

/**
 * For routes whose answers are long lists of rows rendered here key by key: written in half the
 * time that a writer made of the schema takes.
 */
export const longLists = { serializerCompiler: () => JSON.stringify } as const

/** An answer without a body. */
export function nothing(description: string): Readonly<Record<string, unknown>> {
  return { type: 'null', description }
}

/** A JSON answer with its description, and the headers worth knowing. */
export function answer(
  description: string,
  schema: TSchema,
  headers: Readonly<Record<string, { type: 'string'; description: string }>> = {},
): Readonly<Record<string, unknown>> {
  return { description, headers, content: { 'application/json': { schema } } }
}

export const versionTag = {
  etag: { type: 'string', description: 'The version in quotes, for If-Match' },
} as const

export const location = {
  location: { type: 'string', description: 'Where the new thing is' },
} as const
