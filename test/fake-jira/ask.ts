import { afterEach } from 'vitest'
import { type FakeJira, type FakeJiraOptions, startFakeJira } from './fake-jira.ts'
import type { Person } from './world-types.ts'

/**
 * JSON of a shape only the test knows. A record of itself, so that a test can look in without `any`;
 * a leaf is compared, never computed with.
 */
export type Loose = { readonly [key: string]: Loose }

/** What came back: the body as text and, where it is JSON, as JSON. */
export type Asked = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Loose
}

/** How to ask: as the administrator and with version 2 of the API unless told otherwise. */
export type AskOptions = {
  readonly as?: Person
  readonly authorization?: string | undefined
  readonly version?: 2 | 3 | 'latest'
  readonly headers?: Readonly<Record<string, string>>
  readonly base?: string
  readonly signal?: AbortSignal
}

/** One request below `/rest/api/N/`, such as `ask(jira, 'GET worklog/updated?since=0')`. */
export async function ask(
  jira: FakeJira,
  what: string,
  body?: unknown,
  options: AskOptions = {},
): Promise<Asked> {
  const [method = 'GET', path = ''] = what.split(/ (.*)/s)
  const { version = 2, base = jira.url, signal } = options
  const authorization =
    'authorization' in options ? options.authorization : jira.authorization(options.as)
  const answer = await fetch(`${base}/rest/api/${version}/${path}`, {
    method,
    headers: {
      Accept: 'application/json',
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: jsonOf(text) }
}

function jsonOf(text: string): Loose {
  try {
    return JSON.parse(text) as Loose
  } catch {
    return noJson
  }
}

const noJson = undefined as unknown as Loose

/** Starts fakes that are closed after each test. */
export function useFakeJira(): (options: FakeJiraOptions) => Promise<FakeJira> {
  const open: FakeJira[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((jira) => jira.close()))
  })
  return async (options) => {
    const jira = await startFakeJira(options)
    open.push(jira)
    return jira
  }
}

/** A project with one issue and a person: where most tests begin. */
export function plant({ world }: FakeJira) {
  const bob = world.addUser({ name: 'bob', displayName: 'Bob', timeZone: 'Europe/Berlin' })
  const project = world.addProject({ key: 'ABC' })
  const issue = world.addIssue({ project, summary: 'Oil the hinges', originalEstimate: 7200 })
  return { bob, project, issue }
}
