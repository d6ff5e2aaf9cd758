import { createHash } from 'node:crypto'
import type { IssueBookmark, IssueSearch } from '../../domain/issue-query.ts'
import { refusal } from './errors.ts'

/** Seals and opens texts with the server's key. */
export type Box = {
  seal(text: string, purpose: string): string
  open(sealed: string, purpose: string): string
}

const purpose = 'nextPageToken'
/** As long as Jira's own tokens live. */
const livesMs = 7 * 86_400_000

/**
 * A place in a search, opaque and sealed: it holds the values of the last row and belongs to one
 * query, so that rows written meanwhile shift nothing (contract B6).
 */
export function sealPage(box: Box, query: string, bookmark: IssueBookmark, now: number): string {
  const { values, id } = bookmark
  return box.seal(JSON.stringify([hashOf(query), now, id, ...values]), purpose)
}

/** The place a token names; refused when it is none of ours, of another query, or too old. */
export function openPage(box: Box, query: string, token: string, now: number): IssueBookmark {
  const [hash, at, id, ...values] = parse(box, token)
  if (hash !== hashOf(query) || now - Number(at) > livesMs)
    throw refusal(400, 'The nextPageToken is not valid for this search, or it has expired.')
  return { id: id as IssueBookmark['id'], values: values as (string | null)[] }
}

/** What a token is tied to: the query as written and the order of its rows. */
export function queryOfToken(jql: string, { siteId, order }: IssueSearch): string {
  return JSON.stringify([siteId, jql, order])
}

function parse(box: Box, token: string): unknown[] {
  try {
    return JSON.parse(box.open(token, purpose)) as unknown[]
  } catch {
    throw refusal(400, 'The nextPageToken is not valid.')
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
