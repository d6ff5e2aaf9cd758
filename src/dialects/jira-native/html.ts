/** Text that is safe inside HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)
}

/** The part that was typed in bold, as Jira's own editors show it. */
export function highlighted(name: string, text: string): string {
  const at = text === '' ? -1 : name.toLowerCase().indexOf(text.toLowerCase())
  if (at < 0) return escapeHtml(name)
  const end = at + text.length
  return `${escapeHtml(name.slice(0, at))}<b>${escapeHtml(name.slice(at, end))}</b>${escapeHtml(name.slice(end))}`
}
