/** A page as newer lists of Jira have it; links are for people, clients count on. */
export function pageBean<T>(
  address: string,
  { startAt, maxResults }: { readonly startAt: number; readonly maxResults: number },
  total: number,
  values: readonly T[],
) {
  const link = (at: number) =>
    `${address}${address.includes('?') ? '&' : '?'}startAt=${at}&maxResults=${maxResults}`
  const isLast = startAt + values.length >= total
  return {
    self: link(startAt),
    ...(isLast ? {} : { nextPage: link(startAt + values.length) }),
    maxResults,
    startAt,
    total,
    isLast,
    values,
  }
}
