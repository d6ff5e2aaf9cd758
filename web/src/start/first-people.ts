import type { FirstPerson } from './start-query.ts'

export type ReadPeople =
  | { readonly people: readonly FirstPerson[]; readonly bad?: undefined }
  | { readonly bad: string }

/** People as they are typed: one a line, a name with an e-mail behind a comma, or alone. */
export function readFirstPeople(text: string): ReadPeople {
  const people: FirstPerson[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const [name = '', email, ...more] = line.split(/[,;\t]/).map((one) => one.trim())
    const isMail = email === undefined || /^[^\s@]+@[^\s@]+$/.test(email)
    if (name === '' || name.includes('@') || !isMail || more.length > 0) return { bad: line }
    people.push(email === undefined ? { displayName: name } : { displayName: name, email })
  }
  return { people }
}

/** A key that fits a project's name: its initials, or how it begins. */
export function keyFor(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .toUpperCase()
    .split(' ')
    .filter((word) => /^[A-Z]/.test(word))
  const initials = words.map((word) => word.charAt(0)).join('')
  return (initials.length >= 2 ? initials : (words[0] ?? '')).slice(0, 5)
}
