import type { FastifyRequest } from 'fastify'

/** First parts of the paths that Jira and its plugins answer; only these move below a context path. */
const jiraPaths = ['rest', 'plugins', 'secure']

/**
 * Lets everything that stands in for Jira also answer below a context path, as a Jira installed at
 * `https://host/jira` does: addresses are routed as if it were not there.
 */
export function withoutContextPath(
  contextPath: string,
): (request: { readonly url?: string | undefined }) => string {
  const prefixes = jiraPaths.map((path) => `${contextPath}/${path}/`)
  return ({ url = '/' }) =>
    contextPath !== '' && prefixes.some((prefix) => url.startsWith(prefix))
      ? url.slice(contextPath.length)
      : url
}

/**
 * The address a client reached us at, for links: the configured one or the request's host, and the
 * context path where it was used. Without a slash at its end.
 */
export function baseUrlOf(request: FastifyRequest, publicUrl: string | undefined): string {
  const base = publicUrl ?? `${request.protocol}://${request.host}`
  const { originalUrl, url } = request
  const used = originalUrl.endsWith(url)
    ? originalUrl.slice(0, originalUrl.length - url.length)
    : ''
  return used === '' || base.endsWith(used) ? base : `${base}${used}`
}
