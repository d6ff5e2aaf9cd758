import type { ProblemBody } from '../../../src/api/contract.ts'
import { noteConnection } from './connection.ts'
import { AwayError, ProblemError } from './problem.ts'

export type Call = {
  readonly body?: unknown
  /** The version the row must still have; otherwise the server refuses with 412. */
  readonly ifVersion?: number | undefined
  /** The same key with the same request writes only once, however often it is sent. */
  readonly idempotencyKey?: string | undefined
  readonly signal?: AbortSignal | undefined
}

let csrfToken: string | null = null
let onStranger: () => void = () => {}

/** What every write repeats; the session's answer brings it. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token
}

/** Who is told when the server no longer knows us. */
export function listenForStranger(listener: () => void): void {
  onStranger = listener
}

/** Asks `/api/v1`. Throws `ProblemError` when refused, `AwayError` when the server is not there. */
export async function call<T>(method: string, path: string, wish: Call = {}): Promise<T> {
  const answer = await send(method, path, wish)
  const requestId = answer.headers.get('x-request-id') ?? ''
  if (answer.status === 204) return undefined as T
  const text = await answer.text().catch((error: unknown) => {
    throw asAway(error)
  })
  if (answer.ok) return JSON.parse(text) as T
  const problem = problemOf(text, answer)
  if (answer.status === 401 && path !== '/session') onStranger()
  throw new ProblemError(problem, requestId)
}

/** Asks `/api/v1` for a file and hands it to the browser's downloads. Returns its name. */
export async function download(path: string, body: unknown): Promise<string> {
  const answer = await send('POST', path, { body })
  if (!answer.ok) {
    const problem = problemOf(await answer.text(), answer)
    throw new ProblemError(problem, answer.headers.get('x-request-id') ?? '')
  }
  const said = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  const name = said ?? path.slice(1).replaceAll('/', '-')
  saveFile(name, await answer.blob())
  return name
}

/** Puts a file made here into the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

async function send(method: string, path: string, wish: Call): Promise<Response> {
  const { body, ifVersion, idempotencyKey, signal } = wish
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET' && csrfToken !== null) headers['x-csrf-token'] = csrfToken
  if (ifVersion !== undefined) headers['if-match'] = `"${ifVersion}"`
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    // A proxy answers for a server that is not there.
    if (answer.status === 502 || answer.status === 503 || answer.status === 504) {
      const type = answer.headers.get('content-type') ?? ''
      if (!type.startsWith('application/problem+json')) throw new TypeError('no server')
    }
    noteConnection(true)
    return answer
  } catch (error) {
    if (signal?.aborted) throw error
    throw asAway(error)
  }
}

function asAway(error: unknown): AwayError {
  noteConnection(false)
  return new AwayError('The server does not answer', { cause: error })
}

function problemOf(text: string, answer: Response): ProblemBody {
  try {
    return JSON.parse(text) as ProblemBody
  } catch {
    const title = answer.statusText
    return { type: 'about:blank', title, status: answer.status, detail: title, code: 'internal' }
  }
}

/** A key for one write. */
export function newKey(): string {
  return crypto.randomUUID()
}

/** A query string of what is set. */
export function queryOf(
  parameters: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) search.append(name, String(one))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
