import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Pool } from 'undici'
import { DomainError } from '../domain/errors.ts'
import { checkHost, lookupPublic } from './addresses.ts'

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base URL, with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

export type HttpAnswer = {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly text: string
}

export type TimeOuts = {
  readonly connectMs: number
  readonly headersMs: number
  readonly bodyMs: number
}

/** Calls one host, through a few kept connections, and nothing but it. */
export type JiraHttp = {
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

export const usualTimeOuts: TimeOuts = { connectMs: 10_000, headersMs: 60_000, bodyMs: 120_000 }

const connections = 4
const mostBytes = 64 * 1_024 * 1_024

export function makeJiraHttp(
  baseUrl: string,
  options: { allowsPrivate: boolean; timeOuts?: TimeOuts; connections?: number },
): JiraHttp {
  const url = new URL(baseUrl)
  checkHost(url.hostname, options.allowsPrivate)
  const { connectMs, headersMs, bodyMs } = options.timeOuts ?? usualTimeOuts
  const pool = new Pool(url.origin, {
    connections: options.connections ?? connections,
    keepAliveTimeout: 30_000,
    headersTimeout: headersMs,
    bodyTimeout: bodyMs,
    connect: {
      timeout: connectMs,
      ...(options.allowsPrivate ? {} : { lookup: lookupPublic }),
    },
  })
  const root = url.pathname.replace(/\/+$/, '')
  return {
    async send({ method, path, headers, body, signal }) {
      // undici's own limit is between two pieces; a body that trickles would never end.
      const limit = AbortSignal.timeout(headersMs + bodyMs)
      const answer = await pool.request({
        method,
        path: root + path,
        headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
        ...(body === undefined ? {} : { body }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      const header = (name: string) => {
        const value = answer.headers[name]
        return Array.isArray(value) ? value[0] : value
      }
      const text = await readText(answer.body, header('content-encoding'))
      return { status: answer.statusCode, header, text }
    },
    close: () => pool.destroy(),
  }
}

async function readText(body: Readable, encoding: string | undefined): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of unpacked(body, encoding)) {
    size += (part as Buffer).length
    if (size > mostBytes) {
      body.destroy()
      throw new DomainError('upstream', `Jira's answer is longer than ${mostBytes} bytes`)
    }
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

function unpacked(body: Readable, encoding: string | undefined): Readable {
  const unpack =
    encoding === 'gzip'
      ? createGunzip()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'br'
          ? createBrotliDecompress()
          : undefined
  if (!unpack) return body
  body.on('error', (error) => unpack.destroy(error))
  return body.pipe(unpack)
}
