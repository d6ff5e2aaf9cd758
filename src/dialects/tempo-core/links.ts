import type { FastifyRequest } from 'fastify'

/** Addresses in answers, as the caller can follow them. */
export type Links = {
  /** The address that was called, as the caller wrote it. */
  readonly self: string
  /** The address that was called without its query. */
  readonly path: string
  /** The query as it came, without its question mark; may be empty. */
  readonly query: string
  /** Scheme, authority and whatever path a configured address brings. */
  readonly origin: string
}

/**
 * Where the caller reaches this server: the configured address, else that of an absolute-form
 * target, else what proxies tell, else `Host`. Some clients refuse a `next` with another base.
 */
export function linksOf(request: FastifyRequest, publicUrl: string | undefined): Links {
  const target = request.originalUrl
  const absolute = /^(https?:\/\/[^/?#]+)([^#]*)/i.exec(target)
  const [path = '/', ...rest] = (absolute ? absolute[2] || '/' : target).split('?')
  const query = rest.join('?')
  const origin = publicUrl ?? absolute?.[1] ?? originOf(request)
  const address = origin + path
  return { self: query === '' ? address : `${address}?${query}`, path: address, query, origin }
}

/** A person's or project's id in a path or query: escaped, but a colon stays as clients write it. */
export function escaped(part: string): string {
  // What most ids are made of, which stays as it is.
  if (/^[\w:.-]*$/.test(part)) return part
  return encodeURIComponent(part).replaceAll('%3A', ':')
}

/** Path and host may be said by the nearest proxy; only what can be an authority is believed. */
function originOf(request: FastifyRequest): string {
  const forwarded = (name: string) => {
    const value = request.headers[name]
    return (Array.isArray(value) ? value[0] : value)?.split(',', 1)[0]?.trim()
  }
  const protocol = /^https?$/i.exec(forwarded('x-forwarded-proto') ?? '')?.[0].toLowerCase()
  const host = /^[\w.[\]:-]{1,255}$/.exec(forwarded('x-forwarded-host') ?? '')?.[0]
  return `${protocol ?? request.protocol}://${host ?? request.host}`
}
