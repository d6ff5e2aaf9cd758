import type { ServerResponse } from 'node:http'
import { envelope } from './errors.ts'
import type { Fault, RetryAfter } from './faults.ts'

/** What is about to be sent. */
export type Outgoing = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const page =
  '<!DOCTYPE html><html><head><title>Log in</title></head><body><h1>Atlassian</h1></body></html>'
const html = 'text/html;charset=UTF-8'
const json = 'application/json;charset=UTF-8'

/** Puts a fault in the place of the answer. `hold` keeps the socket until the client gives up. */
export function sendFault(
  response: ServerResponse,
  fault: Fault,
  right: Outgoing,
  { now, hold }: { readonly now: number; readonly hold: (response: ServerResponse) => void },
): void {
  const half = right.body.length >> 1
  if (fault.kind === 'hang') hold(response)
  else if (fault.kind === 'reset') response.socket?.resetAndDestroy()
  else if (fault.kind === 'truncate') truncate(response, right)
  else if (fault.kind === 'cut-json') {
    write(response, { ...right, body: right.body.subarray(0, half) })
  } else write(response, brokenAnswer(fault, now))
}

/** Sends an answer with its length. */
export function write(response: ServerResponse, { status, headers, body }: Outgoing): void {
  const length = status === 204 ? {} : { 'Content-Length': String(body.length) }
  response.writeHead(status, { ...headers, ...length })
  response.end(body)
}

// The head promises all of it; half of it comes, then the connection is gone.
function truncate(response: ServerResponse, { status, headers, body }: Outgoing): void {
  const length = Math.max(body.length, 2)
  response.writeHead(status === 204 ? 200 : status, {
    ...headers,
    'Content-Length': String(length),
  })
  response.write(body.subarray(0, length >> 1), () => response.socket?.destroy())
}

function brokenAnswer(
  fault: Extract<Fault, { kind: 'rate-limit' | 'status' | 'html' }>,
  now: number,
): Outgoing {
  if (fault.kind === 'html') {
    return { status: 200, headers: { 'Content-Type': html }, body: Buffer.from(page) }
  }
  const headers: Record<string, string> = {
    'Content-Type': fault.isHtml ? html : json,
    ...retryHeaders(fault.retryAfter, now),
    ...(fault.kind === 'rate-limit' ? limitHeaders(fault.reason) : fault.headers),
  }
  const status = fault.kind === 'rate-limit' ? 429 : fault.status
  const message =
    fault.kind === 'rate-limit'
      ? 'The request has been rate-limited. Please try again later.'
      : (fault.message ?? 'Internal server error')
  const body = fault.isHtml ? page : JSON.stringify(envelope([message]))
  return { status, headers, body: Buffer.from(body) }
}

function limitHeaders(reason: string | undefined): Record<string, string> {
  const spent = { 'X-RateLimit-Remaining': '0' }
  if (reason !== undefined) {
    return { ...spent, 'X-RateLimit-Limit': '350', 'RateLimit-Reason': reason }
  }
  return {
    ...spent,
    'X-RateLimit-Limit': '70',
    'X-RateLimit-FillRate': '5',
    'X-RateLimit-Interval-Seconds': '1',
  }
}

function retryHeaders(retryAfter: RetryAfter = 'absent', now: number): Record<string, string> {
  if (retryAfter === 'absent') return {}
  if ('seconds' in retryAfter) return { 'Retry-After': String(retryAfter.seconds) }
  if ('resetIn' in retryAfter) {
    return { 'X-RateLimit-Reset': new Date(now + retryAfter.resetIn * 1000).toISOString() }
  }
  return { 'Retry-After': new Date(now + retryAfter.httpDateIn * 1000).toUTCString() }
}
