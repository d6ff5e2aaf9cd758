import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Measure } from './measures.ts'

const path = fileURLToPath(new URL('./README.md', import.meta.url))

/** Where the figures of the web application stand; a run of the server's bench leaves them there. */
export const webTitle = 'The web application'

/** A table of measures under its own heading. */
export function section(title: string, measures: readonly Measure[], intro = ''): string {
  const lines = measures.map(
    ({ what, figure, target, isMet }) =>
      `| ${what} | ${figure} | ${target} | ${isMet === null ? '' : isMet ? 'met' : '**missed**'} |`,
  )
  const words = intro === '' ? '' : `${intro}\n\n`
  return `## ${title}\n\n${words}| what | measured | target | |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus()
  return `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`
}

/** A section as it stands now, up to the next heading; empty where there is none. */
export function sectionNow(title: string): string {
  const readme = readFileSync(path, 'utf8')
  const start = readme.indexOf(`## ${title}\n`)
  if (start < 0) return ''
  const end = readme.indexOf('\n## ', start)
  return end < 0 ? readme.slice(start) : readme.slice(start, end + 1)
}

/** Puts a section in the place of what it was, or before the notes. */
export function writeSection(title: string, text: string): void {
  const readme = readFileSync(path, 'utf8')
  const before = sectionNow(title)
  const notes = '## What is missed, and why'
  writeFileSync(
    path,
    before === '' ? readme.replace(notes, `${text}\n${notes}`) : readme.replace(before, text),
  )
}

/** Writes all of the page. */
export function writeReadme(text: string): void {
  writeFileSync(path, text)
}
