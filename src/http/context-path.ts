import type { FastifyRequest } from 'fastify'

/** First parts of the paths that Jira and its plugins answer; only these move below a context path. */
const jiraPaths = ['rest', 'plugins', 'secure']

/** What each of several Jiras answers below a path of its own. */
const onePath = /^\/[^/?#]+(?=\/(?:rest\/(?:api\/(?:2|3|latest)|auth|timesheet-gadget)|secure)\/)/i

/**
 * Lets everything that stands in for Jira also answer below a context path, as a Jira installed at
 * `https://host/jira` does: addresses are routed as if it were not there. Below it lie the paths of
 * single Jiras, `/jira/NAME`, for Jira itself and the gadget, which know how to keep them apart.
 */
export function withoutContextPath(
  contextPath: string,
): (request: { readonly url?: string | undefined }) => string {
  const prefixes = jiraPaths.map((path) => `${contextPath}/${path}/`)
  return ({ url = '/' }) => {
    if (!url.startsWith(`${contextPath}/`)) return url
    const rest = url.slice(contextPath.length)
    if (prefixes.some((prefix) => url.startsWith(prefix))) return rest
    const one = onePath.exec(rest)
    return one ? rest.slice(one[0].length) : url
  }
}

/** The path before what was routed: empty, the context path, or that of one Jira. */
export function usedPath({ originalUrl, url }: FastifyRequest): string {
  return originalUrl.endsWith(url) ? originalUrl.slice(0, originalUrl.length - url.length) : ''
}

/**
 * The address a client reached us at, for links: the configured one or the request's host, and the
 * context path where it was used. Without a slash at its end.
 */
export function baseUrlOf(request: FastifyRequest, publicUrl: string | undefined): string {
  const base = publicUrl ?? `${request.protocol}://${request.host}`
  const parts = usedPath(request).split('/').slice(1)
  // A configured address may hold the context path already.
  const shared = parts.findLastIndex((_, at) =>
    base.endsWith(`/${parts.slice(0, at + 1).join('/')}`),
  )
  return [base, ...parts.slice(shared + 1)].join('/')
}
