/** The part of a user agent a person recognises. */
export function browserOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|HeadlessChrome|Chrome|Safari)\/(\d+)/.exec(agent)
  const system = /\((?:X11; )?([^;)]+)/.exec(agent)?.[1]
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' }
  const name = browser?.[1] ?? ''
  return [browser && `${names[name] ?? name} ${browser[2]}`, system].filter(Boolean).join(', ')
}
